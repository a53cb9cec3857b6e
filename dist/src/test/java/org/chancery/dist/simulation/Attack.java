package org.chancery.dist.simulation;

import java.util.List;
import java.util.stream.Stream;

/// Something that somebody hostile does while others talk, and what those make of it.
///
/// @param by who does it
/// @param what in words
/// @param script what happens meanwhile; played with nothing done, everything that is said arrives
/// @param deed how it is done
/// @param outcome what people see and are told
record Attack(By by, String what, Script script, Deed deed, Outcome outcome) {
    /// Who is hostile.
    enum By {
        RELAY,
        MEMBER,
        RELAY_AND_MEMBER,
        AUTHORITY,
        RELAY_AND_AUTHORITY
    }

    /// How an attack is done.
    @FunctionalInterface
    interface Deed {
        /// Arranges it before the script begins.
        void arrange(Stage stage) throws Exception;
    }

    static List<Attack> all() {
        return Stream.of(
                        RelayAttacks.all(),
                        LetterAttacks.all(),
                        RecordAttacks.all(),
                        MemberAttacks.all(),
                        MemberLies.all(),
                        HandingOnAttacks.all(),
                        AuthorityAttacks.all(),
                        RevocationAttacks.all())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return by + " " + what;
    }
}
