package org.chancery.server.config;

import java.time.Duration;
import java.util.Locale;

/// Refuses values out of range, by the name that the administrator wrote.
final class Range {

    private Range() {}

    static void check(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + lowest + " to " + highest);
        }
    }

    static void check(String name, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is %.0f, must be %.0f to %.0f", name, value, lowest, highest));
        }
    }

    static void check(String name, Duration value, Duration shortest, Duration longest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(name + " is " + value.toMillis() + " ms, must be " + shortest.toMillis()
                    + " to " + longest.toMillis() + " ms");
        }
    }
}
