package org.chancery.bench.relay;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is measured.
@SuppressWarnings("ImmutableEnumChecker") // makers of loads have no state
enum Scenario {
    FAN("Fan-out to 50 devices, as much as goes", "deliveries", stage -> new FanOut(stage, 0), false),
    FAN_RATE("Fan-out to 50 devices, 10,000 deliveries/s", "deliveries", stage -> new FanOut(stage, 200), false),
    PAIRS("50 pairs, as much as goes", "messages", stage -> new Pairs(stage, 0), false),
    PAIRS_RATE("50 pairs, 2,000 messages/s", "messages", stage -> new Pairs(stage, 2000), false),
    DURABLE("Durable publish, 64 in flight", "messages", Durable::new, true),
    HANDSHAKES("Full handshakes and login, warm", "handshakes", Handshakes::new, false),
    COLD("The first 200 handshakes after a start", "handshakes", null, false),
    IDLE("Idle connections", "connections", null, false),
    RECONNECT("Everybody comes back after a kill", "connections", null, false);

    private final String title;
    private final String unit;
    private final Optional<Load.Maker> load;
    private final boolean durable;

    Scenario(String title, String unit, Load.@Nullable Maker load, boolean durable) {
        this.title = title;
        this.unit = unit;
        this.load = Optional.ofNullable(load);
        this.durable = durable;
    }

    /// As it is asked for on the command line.
    String argument() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Scenario> of(String argument) {
        return Stream.of(values())
                .filter(scenario -> scenario.argument().equals(argument))
                .findFirst();
    }

    String title() {
        return title;
    }

    /// What one is called of what is counted.
    String unit() {
        return unit;
    }

    /// The work that is done in turns; empty for what happens once a start.
    Optional<Load.Maker> load() {
        return load;
    }

    /// Whether the peers have to keep what they are given.
    boolean durable() {
        return durable;
    }
}
