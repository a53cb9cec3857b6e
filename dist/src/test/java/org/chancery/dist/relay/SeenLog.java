package org.chancery.dist.relay;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.TranscriptHash;

/// What one device has been told and brought of one conversation, by place, held to what must never be. Not thread
/// safe.
final class SeenLog {
    private final ConversationId conversation;
    private final Consumer<String> fault;
    private final NavigableMap<Long, Placed> places = new TreeMap<>();
    private final NavigableMap<Long, String> late = new TreeMap<>();
    private long brought;
    private long broughtHere;
    private long acknowledged;
    private long durablyAcknowledged;
    private long again;

    /// @param fault told what must never be, in words
    SeenLog(ConversationId conversation, Consumer<String> fault) {
        this.conversation = conversation;
        this.fault = fault;
    }

    /// A new connection: what was acknowledged on the last one may be lost.
    void connected() {
        broughtHere = 0;
        acknowledged = 0;
    }

    /// The relay says where something of our own is.
    void told(long sequence, Placed placed) {
        Placed before = places.putIfAbsent(sequence, placed);
        if (before != null && !before.equals(placed)) {
            fault.accept("two at place " + sequence + ": " + before.name() + " and " + placed.name());
        }
    }

    /// The relay brings something.
    void brought(long sequence, Placed placed) {
        if (sequence <= durablyAcknowledged) {
            fault.accept("brought again, though acknowledged for good up to " + durablyAcknowledged + ": place "
                    + sequence + ", " + placed.name());
        }
        if (places.containsKey(sequence)) {
            again++;
        } else if (sequence < brought) {
            late.put(sequence, "out of order, after " + brought + ": place " + sequence + ", " + placed.name());
        }
        told(sequence, placed);
        brought = Math.max(brought, sequence);
        broughtHere = sequence;
    }

    /// Everything that this connection has brought, to be acknowledged: of more the relay would not believe it.
    Frame.Acknowledge acknowledge() {
        acknowledged = broughtHere;
        return new Frame.Acknowledge(conversation, broughtHere);
    }

    boolean owesAcknowledgement() {
        return broughtHere > acknowledged;
    }

    /// The last place acknowledged on this connection.
    long acknowledged() {
        return acknowledged;
    }

    /// Something sent after an acknowledgement was answered: that is durable too, for it came first.
    void acknowledgedForGood(long sequence) {
        durablyAcknowledged = Math.max(durablyAcknowledged, sequence);
    }

    /// The log is another one, which goes no further than this; cursors are what they were when it was copied.
    ///
    /// @return how many places that lay behind are lost
    int cutBehind(long head) {
        NavigableMap<Long, Placed> lost = places.tailMap(head, false);
        int count = lost.size();
        lost.clear();
        late.tailMap(head, false).clear();
        brought = 0;
        broughtHere = 0;
        acknowledged = 0;
        durablyAcknowledged = 0;
        return count;
    }

    /// What was brought after something behind it, in words. Whoever comes back to a room may be told of entries of
    /// the time between, early, late or not at all; of all else there must be none.
    NavigableMap<Long, String> late() {
        return late;
    }

    /// What is known of the conversation, by place.
    NavigableMap<Long, Placed> places() {
        return places;
    }

    /// The highest place known.
    long head() {
        return places.isEmpty() ? 0 : places.lastKey();
    }

    /// Deliveries of what was there already.
    long deliveredAgain() {
        return again;
    }

    /// Holds the transcript to what lies there: wherever a place and the one before it are known, the hash of the one
    /// follows from that of the other.
    void checkTranscript() {
        long before = 0;
        Digest transcript = Digest.NONE;
        for (var entry : places.entrySet()) {
            Placed placed = entry.getValue();
            if (entry.getKey() == before + 1
                    && !placed.transcript().equals(TranscriptHash.next(transcript, entry.getKey(), placed.hash()))) {
                fault.accept("the transcript at place " + entry.getKey() + " is not that of what lies there");
                return;
            }
            before = entry.getKey();
            transcript = placed.transcript();
        }
    }
}
