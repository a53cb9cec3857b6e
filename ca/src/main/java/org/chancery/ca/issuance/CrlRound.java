package org.chancery.ca.issuance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.pki.revocation.Crl;

/// The CRLs of one tier, published together: that of the CA at work first. Thread safe.
public final class CrlRound {
    private final List<CrlPublisher> publishers;

    CrlRound(List<CrlPublisher> publishers) {
        this.publishers = List.copyOf(publishers);
    }

    /// Publishes them all.
    ///
    /// @param lifetime until nextUpdate; cut to that of each CA
    /// @return what was published; empty where no key is at hand
    public List<Crl> publish(Duration lifetime) throws LedgerException {
        List<Crl> crls = new ArrayList<>();
        for (CrlPublisher publisher : publishers) {
            crls.add(publisher.publish(lifetime));
        }
        return List.copyOf(crls);
    }
}
