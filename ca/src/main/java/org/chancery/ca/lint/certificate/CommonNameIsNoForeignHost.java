package org.chancery.ca.lint.certificate;

import java.util.Optional;
import java.util.regex.Pattern;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// A commonName that looks like a DNS name equals a dNSName of the certificate: below name constraints the JDK takes
/// `Alice`, and OpenSSL takes `alice.smith`, for a host that is not permitted, and refuses the whole path.
final class CommonNameIsNoForeignHost implements Rule<ToBeSignedCertificate> {
    private static final Pattern LOOKS_LIKE_A_HOST = Pattern.compile("[A-Za-z0-9_*-]+(\\.[A-Za-z0-9_*-]+)*\\.?");
    private static final int DNS_NAME = 2;

    @Override
    public String citation() {
        return "RFC 9525 2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        if (certificate.isAuthority()) {
            return Optional.empty();
        }
        for (NameAttribute attribute : NameAttribute.of(certificate.subject())) {
            String name = attribute.value().utf8();
            boolean foreign = attribute.oid().equals(NameAttribute.COMMON_NAME)
                    && LOOKS_LIKE_A_HOST.matcher(name).matches()
                    && certificate.alternativeNames().stream()
                            .noneMatch(other ->
                                    other.isContext(DNS_NAME) && other.ascii().equals(name));
            if (foreign) {
                return Optional.of("commonName " + name + " looks like a host and is no dNSName of the certificate");
            }
        }
        return Optional.empty();
    }
}
