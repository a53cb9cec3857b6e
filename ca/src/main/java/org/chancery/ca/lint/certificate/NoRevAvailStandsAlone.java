package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// noRevAvail is not critical, not a CA's, and not beside a place to look for revocation.
final class NoRevAvailStandsAlone implements Rule<ToBeSignedCertificate> {
    private static final String NO_REV_AVAIL = "2.5.29.56";

    @Override
    public String citation() {
        return "RFC 9608 2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> noRevAvail = certificate.extension(NO_REV_AVAIL);
        if (noRevAvail.isEmpty()) {
            return Optional.empty();
        }
        boolean contradicted = certificate.isAuthority()
                || certificate.extension(Extensions.CRL_DISTRIBUTION_POINTS).isPresent();
        return contradicted || noRevAvail.get().critical()
                ? Optional.of("noRevAvail critical, of a CA, or beside cRLDistributionPoints")
                : Optional.empty();
    }
}
