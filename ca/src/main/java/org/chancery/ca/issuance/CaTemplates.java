package org.chancery.ca.issuance;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.chancery.ca.profile.Circumstances;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.ca.profile.Namespace;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.MalformedNameException;

/// What the certificates of CAs say: a root's here, an issuing CA's by its profile.
final class CaTemplates {
    static final String ROOT_SUFFIX = " Root CA";
    static final String ISSUING_SUFFIX = " Issuing CA";

    private static final Duration BACK_DATED = Duration.ofMinutes(5);
    private static final Set<KeyUsage> CA_USAGES = Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN);

    private CaTemplates() {}

    /// Self-issued; one CA may stand below.
    static TbsCertificate root(String commonName, PublicKey key, int days, Instant now, SecureRandom random)
            throws AuthorityException {
        DistinguishedName subject = subject(commonName);
        return TbsCertificate.builder()
                .serialNumber(SerialNumber.random(random))
                .issuer(subject)
                .validity(validity(now, days))
                .subject(subject)
                .publicKey(key)
                .extension(Extensions.basicConstraintsOfAuthority(1))
                .extension(Extensions.keyUsage(CA_USAGES))
                .extension(Extensions.subjectKeyIdentifier(key))
                .build();
    }

    /// Issued by the root, as the profile has it.
    static TbsCertificate issuing(
            IssuingProfile profile, String commonName, PublicKey key, int days, Circumstances circumstances)
            throws AuthorityException {
        return switch (profile.decide(subject(commonName), key, days, circumstances)) {
            case Grant.Granted granted -> granted.certificate();
            case Grant.Refused refused ->
                throw new AuthorityException(
                        AuthorityFailure.PLAN, refused.reason().inWords() + ": " + refused.detail());
        };
    }

    /// Whether a certificate's name constraints are exactly these names.
    static boolean permits(X509Certificate certificate, Namespace namespace) {
        byte[] extension = certificate.getExtensionValue(Extensions.NAME_CONSTRAINTS);
        if (extension == null) {
            return false;
        }
        // The JDK gives the value inside its OCTET STRING; DER has one header for one length, so equal tails
        // are equal.
        byte[] expected = IssuingProfile.nameConstraints(namespace).der();
        int header = extension.length - expected.length;
        return header > 0
                && header <= 4
                && Arrays.equals(extension, header, extension.length, expected, 0, expected.length);
    }

    private static DistinguishedName subject(String commonName) throws AuthorityException {
        try {
            return DistinguishedName.of(commonName);
        } catch (MalformedNameException e) {
            throw new AuthorityException(AuthorityFailure.PLAN, "--name: " + e.getMessage(), e);
        }
    }

    private static Validity validity(Instant now, int days) {
        return new Validity(now.minus(BACK_DATED), now.plus(Duration.ofDays(days)));
    }
}
