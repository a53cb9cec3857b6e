package org.chancery.server.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.Cursor;
import org.chancery.server.conversation.Gap;
import org.chancery.server.conversation.Page;
import org.chancery.server.conversation.StoredEntry;
import org.chancery.server.conversation.StoredLetter;

/// What one connected device still has to get. The letters stay in the log until the connection can take them: a
/// slow reader costs a cursor, not memory. Conversations take turns, so a busy one starves no other.
///
/// The session's writer asks [#next]; its reader acknowledges; the log's thread wakes.
public final class Delivery {

    /// Letters of one conversation before the next has its turn.
    private static final int TURN = 16;

    /// Around an envelope: identifiers, transcript, sender.
    private static final int FRAME_OCTETS = 512;

    /// Pages that are read for one question.
    private static final int MOST_LOOKS = 4;

    private final ConversationLog log;
    private final DeviceId device;
    private final int window;

    /// Guards what follows; never held while the log is read.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<ConversationId, Position> positions = new HashMap<>();
    private final LinkedHashSet<ConversationId> pending = new LinkedHashSet<>();

    /// What waited when the device came and has not been read to its end.
    private final Set<ConversationId> backlog = new HashSet<>();

    private int unacknowledged;
    private boolean begun;
    private boolean caughtUp;

    /// @param window how many letters may be under way unacknowledged
    public Delivery(ConversationLog log, DeviceId device, int window) {
        this.log = log;
        this.device = device;
        this.window = window;
    }

    /// Takes up where the device left off. Nothing is delivered before.
    public void begin() throws IOException {
        List<Cursor> behind = log.behind(device);
        lock.lock();
        try {
            begun = true;
            for (Cursor cursor : behind) {
                positions.putIfAbsent(cursor.conversation(), new Position(cursor.acknowledged()));
                backlog.add(cursor.conversation());
                pending.add(cursor.conversation());
            }
        } finally {
            lock.unlock();
        }
    }

    /// A letter for this device is in the log.
    ///
    /// @return whether it has not been sent already, with those before it
    public boolean wake(ConversationId conversation, long sequence) {
        lock.lock();
        try {
            Position position = positions.get(conversation);
            if (position != null && sequence <= position.reached()) {
                return false;
            }
            pending.add(conversation);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The device has everything up to there.
    ///
    /// @return up to where that is to be remembered: no further than it was brought here, for what it once had of
    /// another log is not in this one. Empty if it is no news: nothing was under way
    public OptionalLong acknowledged(ConversationId conversation, long sequence) {
        lock.lock();
        try {
            Position position = positions.get(conversation);
            int settled = position == null ? 0 : position.acknowledge(sequence);
            unacknowledged -= settled;
            return position == null || settled == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.min(sequence, position.reached()));
        } finally {
            lock.unlock();
        }
    }

    /// What to send next.
    ///
    /// @param notice before the letters: of a gap, or that the device has caught up
    public record Turn(Optional<Frame> notice, List<StoredLetter> letters) {
        /// Nothing.
        public static final Turn NOTHING = new Turn(Optional.empty(), List.of());

        /// Whether there is nothing, or too much is unacknowledged.
        public boolean isEmpty() {
            return letters.isEmpty() && notice.isEmpty();
        }
    }

    /// What to send next.
    public Turn next() throws IOException {
        while (true) {
            ConversationId conversation = null;
            int room;
            lock.lock();
            try {
                room = Math.min(TURN, window - unacknowledged);
                if (!begun || room <= 0) {
                    return Turn.NOTHING;
                }
                if (pending.isEmpty()) {
                    return caughtUp();
                }
                conversation = pending.removeFirst();
            } finally {
                lock.unlock();
            }
            Turn turn = take(conversation, room);
            if (!turn.isEmpty()) {
                return turn;
            }
        }
    }

    /// Says once more that the device has caught up, when everything is given out that it was woken for before.
    public void catchUpAgain() {
        lock.lock();
        try {
            caughtUp = false;
        } finally {
            lock.unlock();
        }
    }

    private Turn caughtUp() {
        if (caughtUp || !backlog.isEmpty()) {
            return Turn.NOTHING;
        }
        caughtUp = true;
        return new Turn(Optional.of(new Frame.CaughtUp()), List.of());
    }

    /// One stretch: a notice, and the letters up to the next one. A membership entry is a notice of its own.
    private Turn take(ConversationId conversation, int room) throws IOException {
        Page page = log.read(device, conversation, reached(conversation), room);
        List<StoredLetter> letters = new ArrayList<>(page.letters().size());
        lock.lock();
        try {
            Position position = Objects.requireNonNull(positions.get(conversation));
            Optional<Frame> notice = notice(position, conversation, page);
            long end = nextNotice(position, page);
            for (StoredLetter letter : page.letters()) {
                if (letter.sequence() >= end) {
                    break;
                }
                if (letter.wrap().isPresent()) {
                    position.sent(letter.sequence());
                    unacknowledged++;
                    letters.add(letter);
                } else {
                    position.passed(letter.sequence());
                }
            }
            if (page.more() || end < Long.MAX_VALUE) {
                pending.add(conversation);
            } else {
                backlog.remove(conversation);
            }
            if (end == Long.MAX_VALUE && position.reached() < page.reached()) {
                position.passed(page.reached());
            }
            return new Turn(notice, letters);
        } finally {
            lock.unlock();
        }
    }

    /// What comes before all letters of a page, if anything does.
    private Optional<Frame> notice(Position position, ConversationId conversation, Page page) {
        long letter = page.letters().isEmpty()
                ? Long.MAX_VALUE
                : page.letters().getFirst().sequence();
        long entry = page.entries().isEmpty()
                ? Long.MAX_VALUE
                : page.entries().getFirst().sequence();
        if (page.gap().isPresent() && page.gap().get().through() < entry) {
            Gap gap = page.gap().get();
            position.sent(gap.through());
            unacknowledged++;
            return Optional.of(new Frame.Gap(conversation, gap.through(), gap.count(), gap.transcript()));
        }
        if (entry < letter || (page.gap().isPresent() && entry < Long.MAX_VALUE)) {
            StoredEntry first = page.entries().getFirst();
            position.sent(entry);
            unacknowledged++;
            return Optional.of(new Frame.DeliverMembership(conversation, first.transcript(), first.place()));
        }
        return Optional.empty();
    }

    /// Where the next notice comes, behind what has been given out.
    private static long nextNotice(Position position, Page page) {
        long entry = page.entries().stream()
                .mapToLong(StoredEntry::sequence)
                .filter(sequence -> sequence > position.reached())
                .findFirst()
                .orElse(Long.MAX_VALUE);
        long gap = page.gap().map(Gap::through).orElse(0L);
        return gap > position.reached() ? Math.min(gap, entry) : entry;
    }

    /// Only the writer makes positions, so nobody makes one twice.
    private long reached(ConversationId conversation) throws IOException {
        lock.lock();
        try {
            Position position = positions.get(conversation);
            if (position != null) {
                return position.reached();
            }
        } finally {
            lock.unlock();
        }
        Position position = new Position(log.cursor(device, conversation).acknowledged());
        lock.lock();
        try {
            positions.put(conversation, position);
            return position.reached();
        } finally {
            lock.unlock();
        }
    }

    /// Letters once more, whatever has been acknowledged. Looks on where there is nothing for the device, for a while:
    /// its own letters, and those that are gone.
    ///
    /// @param room octets that the answer may have
    public Frame.HistoryAnswer history(Frame.HistoryQuery query, int room) throws IOException {
        long last = log.lastFor(device, query.conversation());
        long reached = query.after();
        List<Frame.Deliver> letters = new ArrayList<>();
        for (int looks = 0; looks < MOST_LOOKS && letters.isEmpty() && reached < last; looks++) {
            Page page = log.read(device, query.conversation(), reached, query.limit());
            reached = take(page, query.conversation(), room, letters);
        }
        return new Frame.HistoryAnswer(
                query.id(), letters, reached < last, Math.min(reached, last), log.next(device, query.conversation()));
    }

    /// @return up to where they were taken
    private static long take(Page page, ConversationId conversation, int room, List<Frame.Deliver> letters) {
        int octets = 0;
        for (StoredLetter letter : page.letters()) {
            if (letter.wrap().isPresent()) {
                Frame.Deliver frame = frame(conversation, letter);
                octets += frame.envelopeDer().length + FRAME_OCTETS;
                if (octets > room && !letters.isEmpty()) {
                    return letters.getLast().sequence();
                }
                letters.add(frame);
            }
        }
        return page.reached();
    }

    private static Frame.Deliver frame(ConversationId conversation, StoredLetter letter) {
        return new Frame.Deliver(
                conversation,
                letter.sequence(),
                letter.acceptedAt(),
                letter.transcript(),
                EnvelopeStapler.staple(letter.letter(), letter.wrap().orElseThrow()),
                letter.from());
    }
}
