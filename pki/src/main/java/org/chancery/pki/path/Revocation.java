package org.chancery.pki.path;

import java.time.Duration;
import org.chancery.pki.revocation.CrlSet;

/// Whether and by what revocation is judged. There is no "if available": who asks for it gets it, or a refusal.
public sealed interface Revocation {
    /// Not looked at; whoever shows the result says so.
    record NotChecked() implements Revocation {}

    /// Every certificate of the path needs a CRL of its issuer.
    ///
    /// @param crls what is known; nothing else is fetched
    /// @param grace how long after its nextUpdate a CRL still counts; zero is RFC 5280 as it stands
    record Required(CrlSet crls, Duration grace) implements Revocation {
        public Required {
            if (grace.isNegative()) {
                throw new IllegalArgumentException("a negative grace: " + grace);
            }
        }
    }
}
