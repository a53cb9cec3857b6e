package org.chancery.ca.lint.certificate;

import java.time.Duration;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;
import org.chancery.ca.lint.Times;

/// What servers show is valid for 398 days at most: browsers take no more, and a lost key ends by itself.
final class RelaysAreRenewedYearly implements Rule<ToBeSignedCertificate> {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final Duration MOST = Duration.ofDays(398);

    @Override
    public String citation() {
        return "BR 6.3.2";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Duration validity = Duration.between(Times.read(certificate.notBefore()), Times.read(certificate.notAfter()));
        return certificate.purposes().contains(SERVER_AUTH) && validity.compareTo(MOST) > 0
                ? Optional.of("valid for " + validity.toDays() + " days, at most " + MOST.toDays())
                : Optional.empty();
    }
}
