package org.chancery.server.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// How often something happened, by one of a closed list of reasons; every reason is shown from the start, at zero,
/// so that the first time can be noticed. Thread safe.
///
/// @param <E> the reasons
public final class ReasonCounter<E extends Enum<E>> {

    private final Map<E, Counter> counts;

    ReasonCounter(Class<E> reasons) {
        counts = new EnumMap<>(reasons);
        for (E reason : reasons.getEnumConstants()) {
            counts.put(reason, new Counter());
        }
    }

    /// It happened, for this reason.
    public void increment(E reason) {
        Objects.requireNonNull(counts.get(reason)).increment();
    }

    void write(Exposition out, String label) {
        counts.forEach((reason, count) ->
                out.sample("", label, reason.name().toLowerCase(Locale.ROOT), (double) count.count()));
    }
}
