package org.chancery.pki.revocation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;

/// Which reasons for revocation a distribution point or a list covers (ReasonFlags, RFC 5280 section
/// 4.2.1.13). Immutable.
///
/// @param reasons those with a bit of their own; `unspecified` has none, so only [#ALL] covers it
public record ReasonFlags(Set<RevocationReason> reasons) {
    private static final Map<RevocationReason, Integer> BITS = new EnumMap<>(Map.of(
            RevocationReason.KEY_COMPROMISE, 1,
            RevocationReason.CA_COMPROMISE, 2,
            RevocationReason.AFFILIATION_CHANGED, 3,
            RevocationReason.SUPERSEDED, 4,
            RevocationReason.CESSATION_OF_OPERATION, 5,
            RevocationReason.CERTIFICATE_HOLD, 6,
            RevocationReason.PRIVILEGE_WITHDRAWN, 7,
            RevocationReason.AA_COMPROMISE, 8));

    /// What a certificate's status is known for when it is known (RFC 5280 section 6.3.2).
    public static final ReasonFlags ALL = new ReasonFlags(BITS.keySet());

    /// Where every judgement begins.
    public static final ReasonFlags NONE = new ReasonFlags(Set.of());

    public ReasonFlags {
        Set<RevocationReason> copy = EnumSet.noneOf(RevocationReason.class);
        copy.addAll(reasons);
        reasons = Collections.unmodifiableSet(copy);
    }

    /// Reads a BIT STRING under an implicit tag.
    static ReasonFlags read(DerCursor cursor, int tag) throws MalformedDerException {
        byte[] bits = cursor.namedBits(tag);
        Set<RevocationReason> reasons = EnumSet.noneOf(RevocationReason.class);
        BITS.forEach((reason, bit) -> {
            if (bit / 8 < bits.length && (bits[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                reasons.add(reason);
            }
        });
        if (reasons.isEmpty()) {
            throw new MalformedDerException("ReasonFlags without a reason");
        }
        return new ReasonFlags(reasons);
    }

    /// What both cover.
    public ReasonFlags and(ReasonFlags other) {
        Set<RevocationReason> both = EnumSet.noneOf(RevocationReason.class);
        both.addAll(reasons);
        both.retainAll(other.reasons);
        return new ReasonFlags(both);
    }

    /// What either covers.
    public ReasonFlags or(ReasonFlags other) {
        Set<RevocationReason> either = EnumSet.noneOf(RevocationReason.class);
        either.addAll(reasons);
        either.addAll(other.reasons);
        return new ReasonFlags(either);
    }

    /// Whether nothing here is new to the other.
    public boolean isWithin(ReasonFlags other) {
        return other.reasons.containsAll(reasons);
    }
}
