package org.chancery.pki.path;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.signature.SignedStructure;

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

    /// Passes what would be accepted, once it is signed, for every [Purpose] that it names itself.
    ///
    /// @param tbsDer the very octets
    /// @throws PathValidationException with what it would be refused for
    public void check(byte[] tbsDer, Instant at) throws PathValidationException {
        PathCertificate issuer = issuers.isEmpty() ? anchor : issuers.getFirst();
        PathCertificate target =
                PathCertificate.of(unsigned(tbsDer, issuer.certificate().getPublicKey()));
        List<PathCertificate> path = new ArrayList<>(List.of(target));
        path.addAll(issuers);
        for (Purpose purpose : purposes(target)) {
            Inquiry inquiry = Inquiry.into(
                    ValidationRequest.of(target.certificate())
                            .purpose(purpose)
                            .at(at)
                            .revocation(new Revocation.NotChecked()),
                    verified,
                    new ReadCertificates(0));
            inquiry.signatures().takeAsGiven(target);
            PathRules.check(new CandidatePath(path, anchor), inquiry);
        }
    }

    /// Of one that names none we know, or cannot be read, is asked whether it would be accepted at all.
    private static List<Purpose> purposes(PathCertificate target) {
        List<String> named =
                target.isReadable() ? target.extensions().extendedKeyUsage().orElse(List.of()) : List.of();
        List<Purpose> purposes = Stream.of(Purpose.CLIENT, Purpose.SERVER)
                .filter(purpose -> named.contains(purpose.oid()))
                .toList();
        return purposes.isEmpty() ? List.of(Purpose.ANY) : purposes;
    }

    private static X509Certificate unsigned(byte[] tbsDer, PublicKey issuerKey) throws PathValidationException {
        try {
            return Certificates.parse(SignedStructure.unsigned(tbsDer, issuerKey));
        } catch (MalformedCertificateException e) {
            throw new PathValidationException(PathFailure.MALFORMED, 0, e.getMessage());
        }
    }
}
