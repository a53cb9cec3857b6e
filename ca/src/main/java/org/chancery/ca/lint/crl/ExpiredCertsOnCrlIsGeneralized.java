package org.chancery.ca.lint.crl;

import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Times;

/// expiredCertsOnCRL is GeneralizedTime, and not after thisUpdate.
final class ExpiredCertsOnCrlIsGeneralized implements Rule<ToBeSignedCrl> {
    private static final String EXPIRED_CERTS_ON_CRL = "2.5.29.60";

    @Override
    public String citation() {
        return "X.509 9.5.2.8";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        Optional<ReadExtension> extension = crl.extension(EXPIRED_CERTS_ON_CRL);
        if (extension.isEmpty()) {
            return Optional.empty();
        }
        Instant since = Times.read(extension.get().tlv().as(Tlv.GENERALIZED_TIME));
        return since.isAfter(Times.read(crl.thisUpdate()))
                ? Optional.of("expiredCertsOnCRL from " + since + ", after thisUpdate")
                : Optional.empty();
    }
}
