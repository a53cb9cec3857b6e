package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// revocationDate is UTCTime through 2049 and GeneralizedTime from 2050.
final class RevocationDatesAreEncodedByYear implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.1.2.6";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        for (ToBeSignedCrl.Entry entry : crl.entries()) {
            Optional<String> misencoded = Times.misencoded("revocationDate", entry.revocationDate());
            if (misencoded.isPresent()) {
                return misencoded;
            }
        }
        return Optional.empty();
    }
}
