package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.chancery.client.store.Continuation;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.Frame.Deliver;
import org.chancery.protocol.frame.Frame.HistoryAnswer;
import org.chancery.protocol.frame.Frame.HistoryQuery;
import org.chancery.protocol.frame.Frame.Refused;

/// Brings a restored store up to date.
///
/// The relay takes what this device had acknowledged for settled, and brings only what came after. So it is
/// asked, in each conversation, for the letters since the backup, before anything newer is looked at: order is
/// what a letter is judged by. Most were sealed to keys that went with the old store, and are noted as such.
/// Once everything that waited has come, the authors of what cannot be read or did not come, and whoever else
/// was there, are asked for it; and so are all for this device's own letters, of which the relay brings it
/// none. Until then a conversation is pending in the store, so that a start in between begins anew.
final class Recovery {
    /// Letters fetched, in all conversations together; what is more is found missing when its senders go on.
    private static final int MAX_LETTERS = 10_000;

    private static final long MAX_OCTETS = 16L << 20;

    /// Lines of a conversation that are looked at for what is missing.
    private static final int MAX_LINES = 10_000;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Chain(DeviceId device, ChainId chain) {}

    private final Desk desk;
    private final Outside outside;
    private final Incoming incoming;
    private final Asking asking;
    private final Deque<Continuation> left = new ArrayDeque<>(); // to be fetched
    private final List<Arrival> fetched = new ArrayList<>();
    private final List<Continuation> open = new ArrayList<>(); // fetched, and not asked for yet
    private Optional<Long> question = Optional.empty();
    private long after;
    private long octets;
    private int connection; // what was put off in an earlier one is void
    private boolean fetching;
    private boolean caughtUp;

    Recovery(Desk desk, Outside outside, Incoming incoming, Asking asking) {
        this.desk = desk;
        this.outside = outside;
        this.incoming = incoming;
        this.asking = asking;
    }

    /// A connection begins, and letters may be judged.
    void begin() throws StoreException {
        left.addAll(desk.store().continuations().pending());
        if (!left.isEmpty()) {
            fetching = true;
            after = left.getFirst().seen();
            ask();
        }
    }

    /// Whether what the relay delivers has to wait.
    boolean isFetching() {
        return fetching;
    }

    private void ask() {
        long id = outside.directory().nextId();
        question = Optional.of(id);
        outside.relay().accept(new HistoryQuery(id, left.getFirst().conversation(), after, HistoryQuery.MAX_LIMIT));
    }

    /// The relay has answered.
    void answered(HistoryAnswer answer) throws StoreException {
        if (!isAbout(answer.id())) {
            return;
        }
        question = Optional.empty();
        for (Deliver letter : answer.letters()) {
            if (letter.conversation().equals(left.getFirst().conversation()) && fits(letter)) {
                fetched.add(new Arrival.ALetter(letter));
                octets += fetched.getLast().octets();
            }
        }
        if (answer.more() && answer.through() > after && fetched.size() < MAX_LETTERS && octets < MAX_OCTETS) {
            after = answer.through();
            ask();
        } else {
            next(answer.through());
        }
    }

    private boolean fits(Deliver letter) {
        return fetched.size() < MAX_LETTERS && octets + letter.envelopeDer().length < MAX_OCTETS;
    }

    /// The relay shows nothing more of a conversation up to `through`.
    private void next(long through) throws StoreException {
        Continuation done = left.removeFirst();
        open.add(done);
        passOver(done, through);
        if (left.isEmpty()) {
            fetching = false;
            incoming.before(fetched);
            fetched.clear();
            incoming.retry();
        } else {
            after = left.getFirst().seen();
            ask();
        }
    }

    /// This device's own letters among them are at no place that it knows of: its record begins behind them.
    private void passOver(Continuation done, long through) throws StoreException {
        Optional<Conversation> conversation = desk.store().conversations().find(done.conversation());
        if (conversation.isPresent() && conversation.get().sequence() < through) {
            desk.store().conversations().put(conversation.get().saw(through, Digest.NONE));
        }
    }

    boolean isAbout(long id) {
        return question.equals(Optional.of(id));
    }

    /// The relay would not answer for the moment; or not at all, and then what is missing is found in another
    /// way.
    void refused(Refused refused) throws StoreException {
        question = Optional.empty();
        int asked = connection;
        if (refused.retryAfter().isPresent()) {
            outside.schedule().after(PAUSE, () -> {
                if (asked == connection) {
                    ask();
                }
            });
        } else {
            next(after);
        }
    }

    /// What waited at the relay when the connection began has been delivered.
    void caughtUp() {
        caughtUp = true;
    }

    /// Nothing that was delivered waits here.
    void atRest() throws StoreException {
        if (fetching || !caughtUp || open.isEmpty()) {
            return;
        }
        for (Continuation done : open) {
            askFor(done);
            desk.store().continuations().put(done.asked());
        }
        open.clear();
    }

    private void askFor(Continuation restored) throws StoreException {
        Party party = restored.party();
        Map<Chain, NavigableSet<Long>> wanted = new LinkedHashMap<>();
        desk.store().history().look(restored.conversation(), restored.lines(), MAX_LINES, line -> {
            Optional<Missing> missing = desk.store().missing().find(line.id());
            if (missing.isPresent()) {
                Chain chain = new Chain(missing.get().device(), missing.get().chain());
                NavigableSet<Long> numbers = wanted.computeIfAbsent(chain, _ -> new TreeSet<>());
                missing.get().numbers(MAX_LINES - numbers.size()).forEach(numbers::add);
            }
        });
        if (restored.counter() > 0) {
            asking.askOn(party, restored.device(), restored.chain(), restored.counter() + 1);
        }
        for (Map.Entry<Chain, NavigableSet<Long>> entry : wanted.entrySet()) {
            asking.ask(party, entry.getKey().device(), entry.getKey().chain(), entry.getValue());
        }
    }

    /// The connection is lost; the next one begins anew.
    void forget() {
        left.clear();
        fetched.clear();
        open.clear();
        question = Optional.empty();
        octets = 0;
        fetching = false;
        caughtUp = false;
        connection++;
    }
}
