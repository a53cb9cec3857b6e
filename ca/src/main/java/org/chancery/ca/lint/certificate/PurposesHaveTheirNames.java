package org.chancery.ca.lint.certificate;

import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// serverAuth comes with a host or an IP address, emailProtection with an address: nobody could use it otherwise.
final class PurposesHaveTheirNames implements Rule<ToBeSignedCertificate> {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";

    @Override
    public String citation() {
        return "RFC 9525 6, RFC 8550 4.4.3";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        List<String> purposes = certificate.purposes();
        if (purposes.contains(SERVER_AUTH) && !hasName(certificate, 2) && !hasName(certificate, 7)) {
            return Optional.of("serverAuth without dNSName or iPAddress");
        }
        return purposes.contains(EMAIL_PROTECTION) && !hasName(certificate, 1)
                ? Optional.of("emailProtection without rfc822Name")
                : Optional.empty();
    }

    private static boolean hasName(ToBeSignedCertificate certificate, int tag) throws UnreadableException {
        return certificate.alternativeNames().stream().anyMatch(name -> name.isContext(tag));
    }
}
