package org.chancery.client.trust;

import java.util.List;
import org.chancery.client.store.ChainChange;
import org.chancery.client.store.ChainLink;

/// What the relay's word on somebody's device chain comes to, held against what is remembered of it.
public sealed interface ChainNews {
    /// Nothing is remembered, and nothing shown.
    record None() implements ChainNews {}

    /// It is as it was.
    record Same() implements ChainNews {}

    /// It is seen for the first time, and remembered from now on.
    record Begun() implements ChainNews {}

    /// It has gone on: devices were renewed, have joined or ended.
    ///
    /// @param since what is new, first to last
    record Grown(List<ChainLink> since) implements ChainNews {
        public Grown {
            since = List.copyOf(since);
        }
    }

    /// The relay had shown another in its place, and now shows again the one that was remembered, or what goes on from
    /// it.
    record Back() implements ChainNews {}

    /// What is shown does not go on from what is remembered: nothing is sealed by it before a person says so.
    record Disputed(ChainChange change) implements ChainNews {}

    /// Nothing is remembered, and what is shown does not hold.
    record Broken(String why) implements ChainNews {}

    /// Cannot be said without newer revocation lists; what is remembered still counts.
    record Undecided(String why) implements ChainNews {}
}
