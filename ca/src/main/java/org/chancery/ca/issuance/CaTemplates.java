package org.chancery.ca.issuance;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.profile.Namespace;
import org.chancery.ca.profile.Publication;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.MalformedNameException;

/// What the two CA certificates say. Neither carries an EKU: what they issue for is the leaves' business, and
/// an EKU on a CA is read as a constraint by some and ignored by others.
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

    /// Issued by the root, constrained to the authority's names; no CA may stand below. Never outlives the root.
    static TbsCertificate issuing(
            String commonName,
            Namespace namespace,
            Optional<Publication> publication,
            PublicKey key,
            int days,
            X509Certificate root,
            Instant now,
            SecureRandom random)
            throws AuthorityException {
        TbsCertificate.Builder certificate = TbsCertificate.builder()
                .serialNumber(SerialNumber.random(random))
                .issuer(DistinguishedName.of(root.getSubjectX500Principal()))
                .validity(within(root, validity(now, days)))
                .subject(subject(commonName))
                .publicKey(key)
                .extension(Extensions.basicConstraintsOfAuthority(0))
                .extension(Extensions.keyUsage(CA_USAGES))
                .extension(nameConstraints(namespace))
                .extension(Extensions.subjectKeyIdentifier(key))
                .extension(Extensions.authorityKeyIdentifier(Certificates.subjectKeyIdentifier(root)));
        publication.ifPresent(where -> certificate
                .extension(Extensions.crlDistributionPoints(where.rootCrl()))
                .extension(Extensions.authorityInformationAccess(where.rootCertificate())));
        return certificate.build();
    }

    /// Whether a certificate's name constraints are exactly these names.
    static boolean permits(X509Certificate certificate, Namespace namespace) {
        byte[] extension = certificate.getExtensionValue(Extensions.NAME_CONSTRAINTS);
        if (extension == null) {
            return false;
        }
        // The JDK gives the value inside its OCTET STRING; DER has one header for one length, so equal tails
        // are equal.
        byte[] expected = nameConstraints(namespace).der();
        int header = extension.length - expected.length;
        return header > 0
                && header <= 4
                && Arrays.equals(extension, header, extension.length, expected, 0, expected.length);
    }

    private static Extension nameConstraints(Namespace namespace) {
        List<String> domains =
                namespace.domains().stream().map(DomainName::value).toList();
        return Extensions.nameConstraints(domains, domains, namespace.ranges());
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

    private static Validity within(X509Certificate root, Validity validity) {
        Instant rootEnds = root.getNotAfter().toInstant();
        return validity.notAfter().isAfter(rootEnds) ? new Validity(validity.notBefore(), rootEnds) : validity;
    }
}
