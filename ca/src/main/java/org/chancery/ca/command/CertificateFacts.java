package org.chancery.ca.command;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.chancery.console.CommandException;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.MalformedNameException;

/// A certificate in words.
final class CertificateFacts {
    private CertificateFacts() {}

    static Facts of(X509Certificate certificate) throws CommandException {
        DistinguishedName subject = DistinguishedName.of(certificate.getSubjectX500Principal());
        Facts facts = new Facts()
                .put("kind", "certificate")
                .put("subject", subject.toString())
                .putIfPresent("displayName", subject.displayName())
                .put("names", names(certificate))
                .put("issuer", NameText.of(certificate.getIssuerX500Principal()))
                .put("serial", SerialNumber.of(certificate).hex())
                .put("notBefore", certificate.getNotBefore().toInstant())
                .put("notAfter", certificate.getNotAfter().toInstant())
                .put("keyType", keyType(certificate.getPublicKey()))
                .put("signatureAlgorithm", certificate.getSigAlgName())
                .put("authority", certificate.getBasicConstraints() >= 0);
        if (certificate.getBasicConstraints() >= 0 && certificate.getBasicConstraints() != Integer.MAX_VALUE) {
            facts.put("pathLength", certificate.getBasicConstraints());
        }
        return facts.put("keyUsage", keyUsage(certificate))
                .put("purposes", purposes(certificate))
                .put("nameConstraints", certificate.getExtensionValue(Extensions.NAME_CONSTRAINTS) != null)
                .put("device", DeviceId.of(certificate.getPublicKey()).hex())
                .put("fingerprint", Certificates.sha256Fingerprint(certificate));
    }

    /// The names a certificate is going to have, as `email:…`, `dns:…`, `ip:…`.
    static List<String> names(TbsCertificate certificate) {
        return certificate
                .extension(Extensions.SUBJECT_ALTERNATIVE_NAME)
                .map(extension -> {
                    try {
                        return GeneralNames.parse(extension.der());
                    } catch (MalformedNameException e) {
                        throw new IllegalStateException("names we wrote ourselves", e);
                    }
                })
                .map(CertificateFacts::words)
                .orElse(List.of());
    }

    static List<String> words(List<GeneralName> names) {
        return names.stream().map(GeneralName::toString).toList();
    }

    static String keyType(PublicKey key) {
        return KeyAlgorithm.of(key).map(KeyAlgorithm::cliName).orElse(key.getAlgorithm());
    }

    private static List<String> names(X509Certificate certificate) throws CommandException {
        try {
            return words(GeneralNames.subjectAlternativeNames(certificate));
        } catch (MalformedNameException e) {
            throw CommandException.badInput("a certificate with names that cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> keyUsage(X509Certificate certificate) {
        return KeyUsage.of(certificate).stream()
                .flatMap(usages -> usages.stream().sorted())
                .map(KeyUsage::rfcName)
                .toList();
    }

    private static List<String> purposes(X509Certificate certificate) throws CommandException {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage()).orElse(List.of()).stream()
                    .map(ExtendedKeyUsage::nameOf)
                    .toList();
        } catch (CertificateParsingException e) {
            throw CommandException.badInput("a certificate with purposes that cannot be read: " + e.getMessage(), e);
        }
    }
}
