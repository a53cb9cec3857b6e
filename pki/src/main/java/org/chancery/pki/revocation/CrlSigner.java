package org.chancery.pki.revocation;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.signature.SignedStructure;

/// Signs complete CRLs.
public final class CrlSigner {
    private CrlSigner() {}

    /// Signs a list of everything an issuer has revoked, expired certificates included: it says so by
    /// expiredCertsOnCRL (X.509 section 9.5.2.8), from the issuer's own beginning on.
    ///
    /// @param number higher than that of any list before
    /// @throws IllegalArgumentException if the key is not the issuer's, the issuer may not sign CRLs,
    ///     nextUpdate is not after thisUpdate, or the number is negative
    public static Crl sign(
            X509Certificate issuer,
            SigningKey issuerKey,
            BigInteger number,
            Instant thisUpdate,
            Instant nextUpdate,
            List<RevokedCertificate> revoked) {
        require(issuerKey.publicKey().equals(issuer.getPublicKey()), "the key is not the issuer's");
        return sign(toBeSigned(issuer, number, thisUpdate, nextUpdate, revoked), issuerKey);
    }

    /// Signs a TBSCertList that [#toBeSigned] made for the same issuer: the very octets that were looked at before.
    public static Crl sign(byte[] tbsCertListDer, SigningKey issuerKey) {
        try {
            return Crl.parse(SignedStructure.sign(tbsCertListDer, issuerKey));
        } catch (MalformedCrlException e) {
            throw new IllegalArgumentException("not a CRL that could be read again: " + e.getMessage(), e);
        }
    }

    /// The TBSCertList in DER as an issuer signs it, for those who want to look before.
    ///
    /// @param number higher than that of any list before
    /// @throws IllegalArgumentException if the issuer may not sign CRLs, nextUpdate is not after thisUpdate, or
    ///     the number is negative
    public static byte[] toBeSigned(
            X509Certificate issuer,
            BigInteger number,
            Instant thisUpdate,
            Instant nextUpdate,
            List<RevokedCertificate> revoked) {
        require(KeyUsage.CRL_SIGN.isAllowedBy(issuer), "the issuer's certificate has no cRLSign");
        require(nextUpdate.isAfter(thisUpdate), "nextUpdate is not after thisUpdate");
        require(number.signum() >= 0, "CRLNumber is negative");
        V2TBSCertListGenerator list = new V2TBSCertListGenerator();
        list.setSignature(AlgorithmIdentifier.getInstance(
                SignatureScheme.forCertificates(issuer.getPublicKey()).algorithmIdentifierDer()));
        list.setIssuer(X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()));
        list.setThisUpdate(time(thisUpdate));
        list.setNextUpdate(time(nextUpdate));
        // Bouncy Castle leaves revokedCertificates out when there are none, as RFC 5280 section 5.1.2.6 requires.
        revoked.forEach(certificate -> list.addCRLEntry(entry(certificate)));
        list.setExtensions(extensions(issuer, number));
        return Der.encode(list.generateTBSCertList());
    }

    private static DERSequence entry(RevokedCertificate revoked) {
        ASN1EncodableVector entry = new ASN1EncodableVector();
        entry.add(new ASN1Integer(revoked.serialNumber().value()));
        entry.add(DerTime.of(revoked.revokedAt()));
        ASN1EncodableVector extensions = new ASN1EncodableVector();
        // Absent rather than unspecified (RFC 5280 section 5.3.1).
        if (revoked.reason() != RevocationReason.UNSPECIFIED) {
            extensions.add(extension(
                    Extension.reasonCode, new ASN1Enumerated(revoked.reason().code())));
        }
        revoked.invalidityDate()
                .ifPresent(date -> extensions.add(extension(Extension.invalidityDate, DerTime.generalized(date))));
        if (extensions.size() > 0) {
            entry.add(new DERSequence(extensions));
        }
        return new DERSequence(entry);
    }

    private static Extensions extensions(X509Certificate issuer, BigInteger number) {
        Instant since = issuer.getNotBefore().toInstant();
        return new Extensions(new Extension[] {
            extension(
                    Extension.authorityKeyIdentifier,
                    new AuthorityKeyIdentifier(Certificates.subjectKeyIdentifier(issuer))),
            extension(Extension.cRLNumber, new ASN1Integer(number)),
            extension(Extension.expiredCertsOnCRL, DerTime.generalized(since))
        });
    }

    private static Extension extension(ASN1ObjectIdentifier oid, ASN1Encodable value) {
        return new Extension(oid, false, new DEROctetString(Der.encode(value)));
    }

    private static Time time(Instant instant) {
        return Time.getInstance(DerTime.of(instant.truncatedTo(ChronoUnit.SECONDS)));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
