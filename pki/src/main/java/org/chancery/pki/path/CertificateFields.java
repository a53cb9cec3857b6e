package org.chancery.pki.path;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.MalformedNameException;
import org.jspecify.annotations.Nullable;

/// The fields of a certificate (RFC 5280 section 4.1), read from DER and from nothing laxer: what would not
/// be encoded to the same octets is refused, so that no two readers can differ about what was signed.
///
/// ```
/// Certificate    ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }
/// TBSCertificate ::= SEQUENCE {
///     [0] version DEFAULT v1, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo,
///     [1] issuerUniqueID OPTIONAL, [2] subjectUniqueID OPTIONAL, [3] extensions OPTIONAL }
/// ```
@SuppressWarnings("ArrayRecordComponent") // of this package alone, whose types do not change them
record CertificateFields(
        byte[] tbsCertificate,
        byte[] signatureAlgorithm,
        byte[] signature,
        int version,
        BigInteger serialNumber,
        CanonicalName issuer,
        Validity validity,
        CanonicalName subject,
        List<String> subjectMailboxes,
        byte[] subjectPublicKeyInfo,
        PathExtensions extensions) {
    private static final int MAX_VERSION = 3;

    /// Takes a certificate apart.
    ///
    /// @throws MalformedDerException if it is not DER, or not a certificate
    /// @throws MalformedNameException if a name in an extension breaks the syntax of its kind
    static CertificateFields parse(byte[] certificateDer) throws MalformedDerException, MalformedNameException {
        return Der.<CertificateFields, MalformedNameException>readStrictly(
                certificateDer, primitive -> read(ASN1Sequence.getInstance(primitive)));
    }

    private static CertificateFields read(ASN1Sequence certificate) throws IOException, MalformedNameException {
        if (certificate.size() != 3) {
            throw new IOException("a certificate has three parts");
        }
        ASN1BitString signature = ASN1BitString.getInstance(certificate.getObjectAt(2));
        byte[] algorithm = der(AlgorithmIdentifier.getInstance(certificate.getObjectAt(1)));
        Fields fields = new Fields(ASN1Sequence.getInstance(certificate.getObjectAt(0)));

        int version = fields.version();
        BigInteger serialNumber = ASN1Integer.getInstance(fields.next()).getValue();
        if (!Arrays.equals(der(AlgorithmIdentifier.getInstance(fields.next())), algorithm)) {
            throw new IOException("signature algorithms inside and outside differ (RFC 5280 4.1.1.2)");
        }
        ASN1Encodable issuer = fields.next();
        Validity validity = validity(ASN1Sequence.getInstance(fields.next()));
        ASN1Encodable subject = fields.next();
        ASN1Sequence subjectPublicKeyInfo = ASN1Sequence.getInstance(fields.next());
        fields.skipUniqueIdentifiers(version);
        PathExtensions extensions = PathExtensions.parse(fields.extensions(version));
        return new CertificateFields(
                der(certificate.getObjectAt(0)),
                algorithm,
                signature.getOctets(),
                version,
                serialNumber,
                CanonicalName.parse(der(issuer)),
                validity,
                CanonicalName.parse(der(subject)),
                mailboxes(X500Name.getInstance(subject)),
                der(subjectPublicKeyInfo),
                extensions);
    }

    private static Validity validity(ASN1Sequence sequence) throws IOException {
        if (sequence.size() != 2) {
            throw new IOException("a validity has two times");
        }
        Instant notBefore = DerTime.read(sequence.getObjectAt(0));
        Instant notAfter = DerTime.read(sequence.getObjectAt(1));
        if (notAfter.isBefore(notBefore)) {
            throw new IOException("notAfter %s is before notBefore %s".formatted(notAfter, notBefore));
        }
        return new Validity(notBefore, notAfter);
    }

    /// The emailAddress attributes of a name (RFC 5280 section 4.1.2.6: legacy, and constrained all the
    /// same).
    private static List<String> mailboxes(X500Name subject) throws IOException {
        List<String> mailboxes = new ArrayList<>();
        for (RDN relativeName : subject.getRDNs()) {
            for (AttributeTypeAndValue attribute : relativeName.getTypesAndValues()) {
                if (attribute.getType().equals(PKCSObjectIdentifiers.pkcs_9_at_emailAddress)) {
                    if (!(attribute.getValue() instanceof ASN1String text)) {
                        throw new IOException("emailAddress that is no string");
                    }
                    mailboxes.add(text.getString());
                }
            }
        }
        return List.copyOf(mailboxes);
    }

    private static byte[] der(ASN1Encodable value) throws IOException {
        return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    }

    /// Walks the fields of a TBSCertificate, of which four may be absent.
    private static final class Fields {
        private final ASN1Sequence sequence;
        private int next;

        Fields(ASN1Sequence sequence) {
            this.sequence = sequence;
        }

        ASN1Encodable next() throws IOException {
            if (next == sequence.size()) {
                throw new IOException("a TBSCertificate with fields missing");
            }
            return sequence.getObjectAt(next++);
        }

        int version() throws IOException {
            ASN1TaggedObject tagged = optional(0);
            if (tagged == null) {
                return 1;
            }
            int version = ASN1Integer.getInstance(tagged, true).intValueExact() + 1;
            if (version == 1) {
                throw new IOException("version 1 is the default and not to be encoded (X.690 11.5)");
            }
            if (version < 1 || version > MAX_VERSION) {
                throw new IOException("certificate of version " + version);
            }
            return version;
        }

        /// RFC 5280 section 4.1.2.8: they are to be parsed, and say nothing that would be judged.
        void skipUniqueIdentifiers(int version) throws IOException {
            for (int tag = 1; tag <= 2; tag++) {
                ASN1TaggedObject tagged = optional(tag);
                if (tagged != null) {
                    ASN1BitString.getInstance(tagged, false);
                    if (version == 1) {
                        throw new IOException("unique identifier in a certificate of version 1");
                    }
                }
            }
        }

        ASN1Sequence extensions(int version) throws IOException {
            ASN1TaggedObject tagged = optional(3);
            if (next != sequence.size()) {
                throw new IOException("a TBSCertificate with fields it does not have");
            }
            if (tagged == null) {
                return new DERSequence();
            }
            ASN1Sequence extensions = ASN1Sequence.getInstance(tagged, true);
            if (version != MAX_VERSION) {
                throw new IOException(
                        "extensions in a certificate of version %d (RFC 5280 4.1.2.1)".formatted(version));
            }
            if (extensions.size() == 0) {
                throw new IOException("extensions, but none (RFC 5280 4.1.2.9)");
            }
            return extensions;
        }

        private @Nullable ASN1TaggedObject optional(int tag) {
            if (next == sequence.size()) {
                return null;
            }
            ASN1Primitive candidate = sequence.getObjectAt(next).toASN1Primitive();
            if (candidate instanceof ASN1TaggedObject tagged && tagged.hasContextTag(tag)) {
                next++;
                return tagged;
            }
            return null;
        }
    }
}
