package org.chancery.pki.path;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.der.Der;
import org.chancery.pki.key.SignatureScheme;

/// Judges a certificate before it is signed, by the rules it will be judged by afterwards: an authority
/// that asks cannot issue what [PathValidator] would refuse. Nothing is signed for it, and nothing comes
/// out of it: only the one signature that does not exist yet is taken as given. Revocation is not looked
/// at. Thread safe.
public final class PathRehearsal {
    private final List<PathCertificate> issuers;
    private final PathCertificate anchor;
    private final VerifiedSignatures verified = new VerifiedSignatures();

    private PathRehearsal(List<PathCertificate> issuers, PathCertificate anchor) {
        this.issuers = issuers;
        this.anchor = anchor;
    }

    /// Below this issuer.
    ///
    /// @param issuerFirst the issuer, who issued it, and so on up to the anchor, which may be the last of
    /// them or left out
    public static PathRehearsal under(CertificateChain issuerFirst, X509Certificate anchor) {
        List<PathCertificate> issuers = new ArrayList<>();
        for (X509Certificate issuer : issuerFirst.certificates()) {
            if (!issuer.equals(anchor)) {
                issuers.add(PathCertificate.of(issuer));
            }
        }
        return new PathRehearsal(List.copyOf(issuers), PathCertificate.of(anchor));
    }

    /// Passes what would be accepted once it is signed.
    ///
    /// @throws PathValidationException with what it would be refused for
    public void check(TbsCertificate tbs, Purpose purpose, Instant at) throws PathValidationException {
        PathCertificate issuer = issuers.isEmpty() ? anchor : issuers.getFirst();
        X509Certificate unsigned = unsigned(tbs, issuer.certificate().getPublicKey());
        List<PathCertificate> path = new ArrayList<>(List.of(PathCertificate.of(unsigned)));
        path.addAll(issuers);
        Inquiry inquiry = Inquiry.into(
                ValidationRequest.of(unsigned).purpose(purpose).at(at).revocation(new Revocation.NotChecked()),
                verified);
        inquiry.signatures().takeAsGiven(path.getFirst());
        PathRules.check(new CandidatePath(path, anchor), inquiry);
    }

    /// With an empty BIT STRING where the signature will be.
    private static X509Certificate unsigned(TbsCertificate tbs, PublicKey issuerKey) throws PathValidationException {
        byte[] algorithm = SignatureScheme.forCertificates(issuerKey).algorithmIdentifierDer();
        try {
            return Certificates.parse(Der.encode(new DERSequence(new ASN1Encodable[] {
                TBSCertificate.getInstance(CertificateSigner.toBeSigned(tbs, issuerKey)),
                AlgorithmIdentifier.getInstance(algorithm),
                new DERBitString(new byte[0])
            })));
        } catch (MalformedCertificateException e) {
            throw new PathValidationException(PathFailure.MALFORMED, 0, e.getMessage());
        }
    }
}
