package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Listing;
import org.chancery.client.store.StoreException;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Query;

/// Whoever asks what the directory has is answered with everybody's devices and chains, judged here. One
/// question after the other: first who there is, then each of them, for chains come one at a time.
final class Listings {
    /// Before a question is asked again that the relay would not answer for the moment.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Outside outside;
    private final ListingMaker maker;
    private final Audience audience;
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean begun; // on this connection directory and judgement are to be had
    private int session; // what was put off in an earlier one is void

    Listings(Outside outside, ListingMaker maker, Audience audience) {
        this.outside = outside;
        this.maker = maker;
        this.audience = audience;
    }

    /// Answered by [Event.DirectoryListed] as soon as the relay can be asked.
    void list(String prefix) {
        waiting.add(prefix);
        if (begun && waiting.size() == 1) {
            next();
        }
    }

    /// The relay can be asked.
    void begin() {
        begun = true;
        session++;
        next();
    }

    /// The connection is lost: the question in front is asked again on the next.
    void pause() {
        begun = false;
    }

    private void next() {
        String prefix = waiting.peek();
        if (prefix == null) {
            return;
        }
        ask(new Query.ByPrefix(prefix, Query.ByPrefix.MAX_LIMIT), answer -> {
            Deque<Address> people = new ArrayDeque<>(new TreeSet<>(answer.entries().stream()
                    .map(DirectoryEntry::address)
                    .filter(address -> address.value().startsWith(prefix))
                    .toList()));
            boolean more = answer.entries().size() >= Query.ByPrefix.MAX_LIMIT;
            each(people, new ArrayList<>(), more);
        });
    }

    private void each(Deque<Address> people, List<Listing> listed, boolean more) throws StoreException {
        Address address = people.poll();
        if (address == null) {
            audience.tell(new Event.DirectoryListed(waiting.remove(), listed, more));
            next();
            return;
        }
        ask(new Query.ByAddress(address), answer -> {
            if (!answer.entries().isEmpty()) {
                listed.add(maker.of(address, answer));
            }
            each(people, listed, more);
        });
    }

    /// What is done with an answer that there is.
    private interface Taker {
        void take(DirectoryAnswer answer) throws StoreException;
    }

    private void ask(Query query, Taker taker) {
        outside.directory().ask(query, (Optional<DirectoryAnswer> answer) -> {
            if (answer.isPresent()) {
                taker.take(answer.get());
                return;
            }
            int asking = session;
            outside.schedule().after(PAUSE, () -> {
                if (begun && asking == session) {
                    ask(query, taker);
                }
            });
        });
    }
}
