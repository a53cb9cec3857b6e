package org.chancery.ca.issuance;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.Modulus;
import org.chancery.pki.key.SharedFactors;

/// Every RSA modulus the ledger has seen: read once, then only what came since. Thread safe.
final class KnownModuli {
    private final Ledger ledger;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Modulus> known = List.of();

    KnownModuli(Ledger ledger) {
        this.ledger = ledger;
    }

    /// A known modulus that shares a prime with a key; empty if none does. Some microseconds a modulus, so for keys
    /// that come for the first time.
    Optional<Modulus> sharingAPrimeWith(RSAPublicKey key) throws LedgerException {
        List<Modulus> all = refreshed();
        Optional<BigInteger> shared = SharedFactors.find(
                key.getModulus(), all.stream().map(Modulus::value).toList());
        return shared.flatMap(value ->
                all.stream().filter(modulus -> modulus.value().equals(value)).findFirst());
    }

    private List<Modulus> refreshed() throws LedgerException {
        lock.lock();
        try {
            List<Modulus> newer =
                    ledger.moduliAfter(known.isEmpty() ? 0 : known.getLast().sequence());
            if (!newer.isEmpty()) {
                List<Modulus> all = new ArrayList<>(known);
                all.addAll(newer);
                known = List.copyOf(all);
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
