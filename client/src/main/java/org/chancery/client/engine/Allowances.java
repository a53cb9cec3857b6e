package org.chancery.client.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.name.Address;

/// How much each person is given in a day of what they ask for again: nobody is to have this device write without
/// end, and use up what the relay keeps of it. For the engine's thread.
final class Allowances {
    /// As much as a new device of one's own is handed.
    static final int MAX_LETTERS = HandingOver.MAX_LETTERS;

    static final long MAX_OCTETS = HandingOver.MAX_OCTETS;

    private static final Duration SPAN = Duration.ofDays(1);

    /// Those who asked last are remembered.
    private static final int MAX_PEOPLE = 1_024;

    private record Taken(Instant since, int letters, long octets) {}

    private final Clock clock;
    private final Map<Address, Taken> taken = new LinkedHashMap<>();

    Allowances(Clock clock) {
        this.clock = clock;
    }

    /// Takes a letter of this length from what is left to somebody.
    ///
    /// @return whether there was enough
    boolean take(Address asker, int octets) {
        Instant now = clock.instant();
        Taken before = Optional.ofNullable(taken.get(asker))
                .filter(earlier -> !now.isBefore(earlier.since())
                        && now.isBefore(earlier.since().plus(SPAN)))
                .orElse(new Taken(now, 0, 0));
        Taken after = new Taken(before.since(), before.letters() + 1, before.octets() + octets);
        if (after.letters() > MAX_LETTERS || after.octets() > MAX_OCTETS) {
            return false;
        }
        taken.remove(asker);
        taken.put(asker, after);
        if (taken.size() > MAX_PEOPLE) {
            taken.remove(taken.keySet().iterator().next());
        }
        return true;
    }
}
