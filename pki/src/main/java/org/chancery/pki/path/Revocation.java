package org.chancery.pki.path;

import java.time.Duration;
import java.util.List;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.OcspResponse;

/// Whether and by what revocation is judged. There is no "if available": who asks for it gets it, or a refusal.
public sealed interface Revocation {
    /// Not looked at; whoever shows the result says so.
    record NotChecked() implements Revocation {}

    /// Every certificate of the path needs fresh evidence that it is not revoked: CRLs for all reasons, or an OCSP
    /// response. Where one says that it is revoked, no other can outweigh it.
    ///
    /// @param crls what is known; nothing else is fetched
    /// @param ocsp responses that somebody handed over, in any order, about any certificates
    /// @param grace how long after its nextUpdate a CRL or a response still counts; zero is RFC 5280 as it stands
    record Required(CrlSet crls, List<OcspResponse> ocsp, Duration grace) implements Revocation {
        public Required {
            ocsp = List.copyOf(ocsp);
            if (grace.isNegative()) {
                throw new IllegalArgumentException("a negative grace: " + grace);
            }
        }

        /// By CRLs alone.
        public Required(CrlSet crls, Duration grace) {
            this(crls, List.of(), grace);
        }
    }
}
