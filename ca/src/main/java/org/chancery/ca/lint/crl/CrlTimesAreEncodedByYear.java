package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// thisUpdate and nextUpdate are UTCTime through 2049 and GeneralizedTime from 2050.
final class CrlTimesAreEncodedByYear implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.1.2.4";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        Optional<String> thisUpdate = Times.misencoded("thisUpdate", crl.thisUpdate());
        return thisUpdate.isEmpty() && crl.nextUpdate().isPresent()
                ? Times.misencoded("nextUpdate", crl.nextUpdate().get())
                : thisUpdate;
    }
}
