package org.chancery.client.store;

import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// Letters that are not here, and the line that says so.
///
/// @param line the id of that line
/// @param from whose they are
/// @param base the number of the first that was missing when the line was written
/// @param free how many places before the line were left for them; 0: the one that comes takes the line's own
/// @param ranges which, by their numbers on the chain, rising and apart; none: there is nothing missing any more
public record Missing(
        long line,
        Party party,
        Address from,
        DeviceId device,
        ChainId chain,
        long base,
        long free,
        List<Range> ranges) {
    /// More than these have their place at the end of the conversation when they come.
    public static final long MAX_FREE = 10_000;

    /// More pieces than these are not told apart: what comes then is kept, and still counts as missing.
    static final int MAX_RANGES = 1_000;

    /// Letters in a row.
    ///
    /// @param first the number of the first
    /// @param count at least 1
    public record Range(long first, long count) {
        public Range {
            if (first < 1 || count < 1 || count - 1 > Long.MAX_VALUE - first) {
                throw new IllegalArgumentException(count + " letters from " + first);
            }
        }

        boolean has(long counter) {
            return counter >= first && counter - first < count;
        }
    }

    public Missing {
        ranges = List.copyOf(ranges);
    }

    /// How many.
    public long count() {
        return ranges.stream().mapToLong(Range::count).sum();
    }

    /// Their numbers on the chain, rising; not more than `limit`.
    public List<Long> numbers(int limit) {
        List<Long> numbers = new ArrayList<>();
        for (Range range : ranges) {
            for (long i = 0; i < range.count() && numbers.size() < limit; i++) {
                numbers.add(range.first() + i);
            }
        }
        return numbers;
    }

    public boolean has(long counter) {
        return ranges.stream().anyMatch(range -> range.has(counter));
    }

    /// Where one of them belongs; 0: nowhere in particular.
    public long place(long counter) {
        if (free == 0) {
            return line;
        }
        return counter - base < free ? line - free + (counter - base) : 0;
    }

    /// The same, after one of them came.
    public Missing without(long counter) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            if (!range.has(counter)) {
                left.add(range);
                continue;
            }
            long before = counter - range.first();
            long after = range.count() - before - 1;
            if (before > 0) {
                left.add(new Range(range.first(), before));
            }
            if (after > 0) {
                left.add(new Range(counter + 1, after));
            }
        }
        return left.size() > MAX_RANGES ? this : new Missing(line, party, from, device, chain, base, free, left);
    }
}
