package org.chancery.ca.lint.certificate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// A relay's key is never a person's, OCSPSigning stands alone, and nothing is for everything.
final class PurposesDoNotMix implements Rule<ToBeSignedCertificate> {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final Set<String> OF_PERSONS = Set.of("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4");
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final String ANY = "2.5.29.37.0";

    @Override
    public String citation() {
        return "BR 7.1.2.7.10, BR 7.1.2.8.5";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        List<String> purposes = certificate.purposes();
        if (purposes.contains(ANY)) {
            return Optional.of("anyExtendedKeyUsage");
        }
        if (purposes.contains(OCSP_SIGNING) && purposes.size() > 1) {
            return Optional.of("OCSPSigning beside " + (purposes.size() - 1) + " more");
        }
        return purposes.contains(SERVER_AUTH) && purposes.stream().anyMatch(OF_PERSONS::contains)
                ? Optional.of("serverAuth beside clientAuth or emailProtection")
                : Optional.empty();
    }
}
