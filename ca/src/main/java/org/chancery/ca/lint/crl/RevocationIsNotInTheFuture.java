package org.chancery.ca.lint.crl;

import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Serials;
import org.chancery.ca.lint.Times;

/// What stands there was revoked by thisUpdate.
final class RevocationIsNotInTheFuture implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.1.2.6";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        Instant thisUpdate = Times.read(crl.thisUpdate());
        for (ToBeSignedCrl.Entry entry : crl.entries()) {
            Instant date = Times.read(entry.revocationDate());
            if (date.isAfter(thisUpdate)) {
                return Optional.of("serial " + Serials.inWords(entry.serial()) + " revoked at " + date + ", thisUpdate "
                        + thisUpdate);
            }
        }
        return Optional.empty();
    }
}
