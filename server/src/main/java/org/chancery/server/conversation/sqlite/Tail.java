package org.chancery.server.conversation.sqlite;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.conversation.Page;
import org.chancery.server.conversation.PlacedLetter;
import org.chancery.server.conversation.StoredLetter;

/// The letters that were appended last, in memory, for all readers who keep up; who lags reads the disk. A bounded
/// number of octets, of which the oldest make room. The writer adds what is durable; any thread reads.
final class Tail {

    /// Some ten thousand short letters: at the rate that one disk takes them, about a second.
    private static final long MAX_OCTETS = 32 << 20;

    /// Objects around a letter, and the frame that is made of it once.
    private static final int OVERHEAD = 1024;

    private record Entry(PlacedLetter letter, KnownSeal seal, long octets) {}

    /// Guards what follows; held for moments.
    private final ReentrantLock lock = new ReentrantLock();

    /// Of each conversation the last, one place after the other.
    private final Map<ConversationId, ArrayDeque<Entry>> conversations = new HashMap<>();

    private final ArrayDeque<ConversationId> oldestFirst = new ArrayDeque<>();
    private long octets;

    /// Adds a letter that is on disk.
    void add(PlacedLetter letter, KnownSeal seal) {
        lock.lock();
        try {
            ArrayDeque<Entry> entries = conversations.computeIfAbsent(letter.conversation(), _ -> new ArrayDeque<>());
            Entry last = entries.peekLast();
            if (last != null && last.letter().sequence() + 1 != letter.sequence()) {
                forget(letter.conversation(), entries); // something else lies between
                last = null;
            }
            long size = 2L * letter.letter().derLength() + OVERHEAD;
            if (last == null || last.seal() != seal) {
                size += seal.octets();
            }
            entries.add(new Entry(letter, seal, size));
            oldestFirst.add(letter.conversation());
            octets += size;
            while (octets > MAX_OCTETS) {
                dropOldest();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Something else than a letter is on disk: who reads on in that conversation finds it there.
    void forget(ConversationId conversation) {
        lock.lock();
        try {
            ArrayDeque<Entry> entries = conversations.remove(conversation);
            if (entries != null) {
                forget(conversation, entries);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(ConversationId conversation, ArrayDeque<Entry> entries) {
        octets -= entries.stream().mapToLong(Entry::octets).sum();
        entries.clear();
        oldestFirst.removeIf(conversation::equals);
    }

    /// Lets go of letters that may go from the disk: what is gone there is not to be had here.
    void forgetBefore(Instant acceptedAt) {
        lock.lock();
        try {
            while (!oldestFirst.isEmpty() && oldest().acceptedAt().isBefore(acceptedAt)) {
                dropOldest();
            }
        } finally {
            lock.unlock();
        }
    }

    private PlacedLetter oldest() {
        return Objects.requireNonNull(conversations.get(oldestFirst.element()))
                .element()
                .letter();
    }

    private void dropOldest() {
        ConversationId conversation = oldestFirst.remove();
        ArrayDeque<Entry> entries = Objects.requireNonNull(conversations.get(conversation));
        octets -= entries.remove().octets();
        if (entries.isEmpty()) {
            conversations.remove(conversation);
        }
    }

    /// There are no gaps here: letters leave this before they leave the disk. What
    /// [org.chancery.server.conversation.ConversationLog#read] answers; empty if only the disk knows: the reader
    /// is further behind, or perhaps at the end.
    Optional<Page> read(DeviceId reader, ConversationId conversation, long after, int limit) {
        List<Entry> found;
        boolean more;
        long reached;
        lock.lock();
        try {
            ArrayDeque<Entry> entries = conversations.get(conversation);
            if (entries == null || entries.isEmpty()) {
                return Optional.empty();
            }
            long first = entries.getFirst().letter().sequence();
            long last = entries.getLast().letter().sequence();
            if (after + 1 < first || after >= last) {
                return Optional.empty();
            }
            found = slice(entries, after, limit);
            reached = found.getLast().letter().sequence();
            more = reached < last;
        } finally {
            lock.unlock();
        }
        List<StoredLetter> letters = new ArrayList<>(found.size());
        for (Entry entry : found) {
            letters.add(new StoredLetter(entry.letter(), entry.seal().wrapFor(reader)));
        }
        return Optional.of(new Page(Optional.empty(), letters, List.of(), more, reached));
    }

    /// From the nearer end.
    private static List<Entry> slice(ArrayDeque<Entry> entries, long after, int limit) {
        List<Entry> found = new ArrayList<>(limit);
        long behind = entries.getLast().letter().sequence() - after;
        if (behind <= entries.size() / 2) {
            for (Iterator<Entry> from = entries.descendingIterator(); behind > 0; behind--) {
                found.add(from.next());
            }
            List<Entry> inOrder = found.reversed();
            return List.copyOf(inOrder.subList(0, Math.min(limit, inOrder.size())));
        }
        for (Entry entry : entries) {
            if (entry.letter().sequence() > after) {
                if (found.size() == limit) {
                    return found;
                }
                found.add(entry);
            }
        }
        return found;
    }
}
