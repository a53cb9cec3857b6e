package org.chancery.ca.doctor;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Particulars;

/// Whether certificates of people and relays are about to end and nothing follows them.
final class LeafExpiryCheck implements Check {
    private static final int NAMED = 5;

    @Override
    public String name() {
        return "expiry";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        Instant now = patient.now();
        List<Particulars> valid = patient.authority().ledger().entries().stream()
                .filter(LedgerEntry.Issued.class::isInstance)
                .map(LedgerEntry::particulars)
                .filter(Predicate.not(LeafExpiryCheck::isAuthority))
                .filter(one -> percent(one, now) <= 100)
                .toList();
        List<Particulars> ending = valid.stream()
                .filter(one -> percent(one, now) >= Life.ACT && !isFollowed(one, valid))
                .toList();
        if (ending.isEmpty()) {
            return List.of();
        }
        String named = ending.stream()
                .limit(NAMED)
                .map(one -> one.name() + " (" + one.validity().notAfter() + ")")
                .collect(Collectors.joining(", "));
        String more = ending.size() > NAMED ? " and " + (ending.size() - NAMED) + " more" : "";
        return List.of(warning("about to end: " + named + more, "have them renewed, or let them end"));
    }

    private static boolean isAuthority(Particulars one) {
        return one.profile().equals(Ledger.ROOT) || one.profile().equals(Ledger.ISSUING);
    }

    private static boolean isFollowed(Particulars one, List<Particulars> valid) {
        return valid.stream()
                .anyMatch(other -> other.profile().equals(one.profile())
                        && other.name().equals(one.name())
                        && other.validity().notAfter().isAfter(one.validity().notAfter()));
    }

    private static long percent(Particulars one, Instant now) {
        return Life.percent(one.validity().notBefore(), one.validity().notAfter(), now);
    }
}
