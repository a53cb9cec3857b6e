package org.chancery.ca.lint.crl;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Serials;

/// A reasonCode says something: unspecified is left out, certificateHold is no end and not used here, removeFromCRL is
/// for delta CRLs, 7 and what is above 10 do not exist.
final class ReasonCodeIsMeaningful implements Rule<ToBeSignedCrl> {
    private static final String REASON_CODE = "2.5.29.21";
    private static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    private static final Set<BigInteger> FINAL =
            IntStream.of(1, 2, 3, 4, 5, 9, 10).mapToObj(BigInteger::valueOf).collect(Collectors.toUnmodifiableSet());

    private static final BigInteger REMOVE_FROM_CRL = BigInteger.valueOf(8);

    @Override
    public String citation() {
        return "RFC 5280 5.3.1, BR 7.2.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        boolean delta = crl.extension(DELTA_CRL_INDICATOR).isPresent();
        for (ToBeSignedCrl.Entry entry : crl.entries()) {
            Optional<ReadExtension> reason = ReadExtension.find(entry.extensions(), REASON_CODE);
            if (reason.isPresent()) {
                BigInteger code = reason.get().tlv().as(Tlv.ENUMERATED).integer();
                if (!FINAL.contains(code) && !(delta && code.equals(REMOVE_FROM_CRL))) {
                    return Optional.of("reasonCode " + Serials.inWords(code));
                }
            }
        }
        return Optional.empty();
    }
}
