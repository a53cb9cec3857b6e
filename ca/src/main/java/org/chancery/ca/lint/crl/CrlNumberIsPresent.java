package org.chancery.ca.lint.crl;

import java.math.BigInteger;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Serials;

/// CRLNumber is there, not critical, not negative, of at most 20 octets.
final class CrlNumberIsPresent implements Rule<ToBeSignedCrl> {
    private static final String CRL_NUMBER = "2.5.29.20";
    private static final int MAX_BITS = 159;

    @Override
    public String citation() {
        return "RFC 5280 5.2.3";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        Optional<ReadExtension> extension = crl.extension(CRL_NUMBER);
        if (extension.isEmpty()) {
            return Optional.of("no CRLNumber");
        }
        BigInteger number = extension.get().tlv().as(Tlv.INTEGER).integer();
        return number.signum() < 0 || number.bitLength() > MAX_BITS
                ? Optional.of("CRLNumber " + Serials.inWords(number))
                : Optional.empty();
    }
}
