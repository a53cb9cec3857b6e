package org.chancery.bench.relay;

import java.util.List;

/// How long and how often.
///
/// @param warmSeconds before the first turn of each contestant: our relay compiles itself meanwhile
/// @param turnSeconds of a turn
/// @param turns of each contestant
/// @param starts of each contestant for what happens once a start
/// @param idleLevels connections at which memory is looked at
/// @param reconnecting how many come back after a kill
record Plan(
        double warmSeconds,
        double turnSeconds,
        int turns,
        int starts,
        List<Integer> idleLevels,
        List<Integer> reconnecting) {

    static final Plan FULL = new Plan(15, 4, 7, 3, List.of(2000, 5000, 10_000), List.of(2000, 10_000));
    static final Plan QUICK = new Plan(6, 2, 3, 1, List.of(1000), List.of(1000));

    /// Of whom keys and certificates are needed.
    int people() {
        return 10_200;
    }
}
