package org.chancery.client.terminal;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.chancery.client.store.Party;

/// Says which conversation a message is of, where the one above it is of another: a terminal shows all of them in one
/// column, and who answers what is said in a room must not find out afterwards that it went to one person.
/// From two threads: the engine's, and the one that reads.
final class Headings {
    private final Function<Party, String> where;
    private final Consumer<String> notice;
    private Optional<Party> last;

    /// @param last whom one talks with at first
    /// @param where a conversation in words, as `in Incident 42`
    Headings(Optional<Party> last, Function<Party, String> where, Consumer<String> notice) {
        this.last = last;
        this.where = where;
        this.notice = notice;
    }

    /// A message of this conversation comes next.
    synchronized void before(Party party) {
        if (!last.equals(Optional.of(party))) {
            last = Optional.of(party);
            notice.accept(where.apply(party) + ":");
        }
    }

    /// The person has just typed something to this conversation, or turned to it.
    synchronized void turned(Party party) {
        last = Optional.of(party);
    }
}
