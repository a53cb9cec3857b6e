package org.chancery.protocol.frame;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The checks that the records of this package share.
final class Check {

    private Check() {}

    static void positive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " " + value + ", must be at least 1");
        }
    }

    static void range(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " " + Long.toUnsignedString(value) + ", must be " + least + " to " + most);
        }
    }

    /// Octets that nobody changes.
    static ByteBuffer octets(String what, ByteBuffer octets, int most) {
        range(what + " of octets:", octets.remaining(), 1, most);
        return octets.slice().asReadOnlyBuffer();
    }

    static void text(String what, String value, int maxLength) {
        if (value.length() > maxLength) {
            throw new IllegalArgumentException(what + " of " + value.length() + " characters, at most " + maxLength);
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " with a control character");
        }
    }

    static <T> List<T> atMost(String what, List<T> values, int most) {
        if (values.size() > most) {
            throw new IllegalArgumentException(values.size() + " " + what + ", at most " + most);
        }
        return List.copyOf(values);
    }

    /// A time to wait, in whole milliseconds, rounded up: whoever comes back a moment too early is refused again.
    static Optional<Duration> wait(String what, Optional<Duration> value) {
        if (value.isPresent() && value.get().isNegative()) {
            throw new IllegalArgumentException(what + " " + value.get());
        }
        return value.map(wait -> wait.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS));
    }
}
