package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.name.GeneralName;

/// A commonName that looks like a DNS name equals a dNSName of the SAN: below name constraints the JDK takes
/// `Alice`, and OpenSSL takes `alice.smith`, for a host that is not permitted, and refuses the whole path.
final class CommonNameRule implements PreSignRule {
    private static final Pattern LOOKS_LIKE_A_HOST = Pattern.compile("[A-Za-z0-9_*-]+(\\.[A-Za-z0-9_*-]+)*\\.?");

    @Override
    public Optional<String> violation(TbsCertificate certificate, X509Certificate issuer) {
        return certificate
                .subject()
                .commonName()
                .filter(name -> LOOKS_LIKE_A_HOST.matcher(name).matches())
                .filter(name -> !AlternativeNames.of(certificate).contains(new GeneralName.Dns(name)))
                .map(name -> "commonName " + name + " looks like a host and is no dNSName of the certificate");
    }
}
