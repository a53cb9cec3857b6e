package org.chancery.pki.record;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.path.ValidatedPath;

/// Something said for one purpose under the identity keys of one or two devices. A parsed record proves
/// nothing; only [#verify] does.
///
/// ```
/// ContentInfo { id-signedData, SignedData {
///   version 3, digestAlgorithms { sha256 },
///   encapContentInfo { ContentPurpose.oid, content },
///   certificates [0] { Certificate },                        -- of each signer its own, no issuers
///   signerInfos { { version 3, subjectKeyIdentifier, sha256, signedAttrs, signatureAlgorithm, signature } } } }
/// ```
///
/// One or two signers, who sign the same content. Letters carry no certificates; a record does, because who
/// reads it years later cannot ask for the one that was in use.
public final class SignedRecord {
    /// Nothing longer is parsed: two certificates of 2 KiB, two signatures, and a content of some lines.
    public static final int MAX_BYTES = 32 << 10;

    public static final int MAX_SIGNERS = 2;

    private final ContentPurpose purpose;
    private final byte[] content;
    private final List<RecordSignature> signatures;
    private final byte[] der;

    /// Puts a record together.
    ///
    /// @throws IllegalArgumentException for no signer, too many, or one twice, for a key that signs no
    /// SignedData, and for the purpose FILE or CONTENT, which have forms of their own
    public SignedRecord(ContentPurpose purpose, byte[] content, List<RecordSignature> signatures) {
        if (purpose == ContentPurpose.FILE || purpose == ContentPurpose.CONTENT) {
            throw new IllegalArgumentException(purpose + " is no record's purpose");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNERS) {
            throw new IllegalArgumentException(signatures.size() + " signers, must be 1 to " + MAX_SIGNERS);
        }
        if (signatures.stream().map(RecordSignature::signer).distinct().count() < signatures.size()) {
            throw new IllegalArgumentException("one signer twice");
        }
        this.purpose = purpose;
        this.content = content.clone();
        this.signatures = signatures.stream()
                .sorted(Comparator.comparing(signature -> Certificates.sha256Fingerprint(signature.signer())))
                .toList();
        this.der = encode();
    }

    /// Reads a record.
    ///
    /// @throws RecordException MALFORMED unless these octets are exactly as drawn above, TOO_LARGE
    public static SignedRecord parse(byte[] der) throws RecordException {
        if (der.length > MAX_BYTES) {
            throw new RecordException(
                    RecordFailure.TOO_LARGE, "record of " + der.length + " octets, at most " + MAX_BYTES);
        }
        Optional<SignedRecord> found;
        try {
            found = Der.read(der, object -> Optional.of(decode(object)).filter(it -> Arrays.equals(it.der, der)));
        } catch (MalformedDerException | MalformedCertificateException e) {
            throw new RecordException(RecordFailure.MALFORMED, "not the structure of a record", e);
        }
        return found.orElseThrow(
                () -> new RecordException(RecordFailure.MALFORMED, "a record that is not in its one form"));
    }

    private static SignedRecord decode(ASN1Primitive contentInfo) throws IOException, MalformedCertificateException {
        ASN1Sequence signedData = ASN1Sequence.getInstance(
                ASN1TaggedObject.getInstance(
                        ASN1Sequence.getInstance(contentInfo).getObjectAt(1)),
                true);
        ASN1Sequence encapContentInfo = ASN1Sequence.getInstance(signedData.getObjectAt(2));
        List<X509Certificate> certificates =
                certificates(ASN1Set.getInstance(ASN1TaggedObject.getInstance(signedData.getObjectAt(3)), false));
        List<RecordSignature> signatures = new ArrayList<>();
        for (ASN1Encodable signerInfo : bounded(ASN1Set.getInstance(signedData.getObjectAt(4)))) {
            signatures.add(RecordSignature.read(ASN1Sequence.getInstance(signerInfo), certificates));
        }
        String oid = ASN1ObjectIdentifier.getInstance(encapContentInfo.getObjectAt(0))
                .getId();
        return new SignedRecord(
                Arrays.stream(ContentPurpose.values())
                        .filter(purpose -> purpose.oid().equals(oid))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("signed for nothing known")),
                ASN1OctetString.getInstance(ASN1TaggedObject.getInstance(encapContentInfo.getObjectAt(1)), true)
                        .getOctets(),
                signatures);
    }

    private static List<X509Certificate> certificates(ASN1Set encoded) throws MalformedCertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (ASN1Encodable certificate : bounded(encoded)) {
            certificates.add(Certificates.parse(Der.encode(certificate)));
        }
        return certificates;
    }

    /// Before anything is made of its elements.
    private static ASN1Set bounded(ASN1Set set) {
        if (set.size() > MAX_SIGNERS) {
            throw new IllegalArgumentException("set of " + set.size() + ", at most " + MAX_SIGNERS);
        }
        return set;
    }

    private byte[] encode() {
        DERSet certificates = new DERSet(signatures.stream()
                .map(signature -> Cms.primitive(Certificates.der(signature.signer())))
                .toArray(ASN1Encodable[]::new));
        DERSet signerInfos = new DERSet(signatures.stream()
                .map(signature -> signature.signerInfo(purpose, content))
                .toArray(ASN1Encodable[]::new));
        DERSequence signedData = Cms.sequence(
                new ASN1Integer(3),
                new DERSet(Cms.SHA_256),
                Cms.sequence(new ASN1ObjectIdentifier(purpose.oid()), Cms.explicit(0, new DEROctetString(content))),
                Cms.implicit(0, certificates),
                signerInfos);
        return Der.encode(Cms.sequence(CMSObjectIdentifiers.signedData, Cms.explicit(0, signedData)));
    }

    /// Whose signatures it has, before anybody has verified them: in ascending order of their fingerprints.
    public List<X509Certificate> signers() {
        return signatures.stream().map(RecordSignature::signer).toList();
    }

    /// The proof that everybody who signed did so, for this purpose.
    ///
    /// @param accepted a path for each signer's certificate, that certificate itself; others do not matter
    /// @throws RecordException WRONG_PURPOSE, SIGNER_NOT_ACCEPTED, SIGNATURE_INVALID
    public VerifiedRecord verify(ContentPurpose expected, List<ValidatedPath> accepted) throws RecordException {
        if (purpose != expected) {
            throw new RecordException(RecordFailure.WRONG_PURPOSE, "signed as " + purpose + ", expected " + expected);
        }
        List<ValidatedPath> paths = new ArrayList<>();
        for (RecordSignature signature : signatures) {
            paths.add(accepted.stream()
                    .filter(path -> path.leaf().equals(signature.signer()))
                    .findFirst()
                    .orElseThrow(() -> new RecordException(
                            RecordFailure.SIGNER_NOT_ACCEPTED, "signed with a certificate that is not accepted")));
            if (!signature.holds(purpose, content)) {
                throw new RecordException(RecordFailure.SIGNATURE_INVALID, "the signature does not hold");
            }
        }
        return new VerifiedRecord(this, paths);
    }

    /// The same content with one more signer.
    ///
    /// @throws IllegalArgumentException if there is no room for one, or it is there already
    public SignedRecord with(RecordSignature another) {
        List<RecordSignature> all = new ArrayList<>(signatures);
        all.add(another);
        return new SignedRecord(purpose, content, all);
    }

    /// What its signatures say it is for.
    public ContentPurpose purpose() {
        return purpose;
    }

    /// Believable only once verified.
    public byte[] content() {
        return content.clone();
    }

    /// Believable only once verified; in the order of [#signers].
    public List<RecordSignature> signatures() {
        return signatures;
    }

    public byte[] der() {
        return der.clone();
    }

    /// To be kept or passed on.
    public EncodedRecord encoded() {
        return EncodedRecord.of(der);
    }

    /// SHA-256 over its DER: what names it.
    public Digest hash() {
        return Digest.over(der);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedRecord that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "SignedRecord[" + purpose + ", " + signatures + "]";
    }
}
