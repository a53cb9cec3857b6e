package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// invalidityDate is GeneralizedTime, whatever the year.
final class InvalidityDateIsGeneralized implements Rule<ToBeSignedCrl> {
    private static final String INVALIDITY_DATE = "2.5.29.24";

    @Override
    public String citation() {
        return "RFC 5280 5.3.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        for (ToBeSignedCrl.Entry entry : crl.entries()) {
            Optional<ReadExtension> date = ReadExtension.find(entry.extensions(), INVALIDITY_DATE);
            if (date.isPresent()) {
                Times.read(date.get().tlv().as(Tlv.GENERALIZED_TIME));
            }
        }
        return Optional.empty();
    }
}
