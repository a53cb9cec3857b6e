package org.chancery.pki.path;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.OcspResponse;

/// Whether and by what revocation is judged. There is no "if available": who asks for it gets it, or a
/// refusal.
public sealed interface Revocation {
    /// Not looked at; whoever shows the result says so.
    record NotChecked() implements Revocation {}

    /// Every certificate of the path needs fresh evidence that it is not revoked: CRLs for all reasons, or
    /// an OCSP response. Where one says that it is revoked, no other can outweigh it.
    ///
    /// @param crls what is known; nothing else is fetched
    /// @param ocsp responses that somebody handed over, in any order, about any certificates
    /// @param grace how long after its nextUpdate a CRL or a response still counts; zero is RFC 5280 as it
    /// stands
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

    /// For something that was accepted in the past, judged by what has become known since: the certificates
    /// had to be good then, and the lists must be fresh now.
    ///
    /// A certificate revoked for a compromised key counts as revoked from its invalidityDate on, one
    /// revoked for another reason from its revocation on; what it did before stands.
    ///
    /// @param crls what is known; nothing else is fetched
    /// @param grace how long after its nextUpdate a CRL still counts
    /// @param acceptedAt when it was accepted, which is also the time to ask the validator for
    /// @param now when the lists must be fresh
    record AsOf(CrlSet crls, Duration grace, Instant acceptedAt, Instant now) implements Revocation {
        public AsOf {
            if (grace.isNegative()) {
                throw new IllegalArgumentException("a negative grace: " + grace);
            }
        }
    }
}
