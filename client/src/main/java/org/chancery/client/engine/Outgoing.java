package org.chancery.client.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.store.OutboxEntry;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame.Published;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.PublishKey;

/// From what is said to a letter in the relay's log: a [SendQueue] for each conversation.
///
/// A message is in the store before anything else happens to it; a letter before it is sent. Whatever ends the process,
/// the next one goes on with the same octets.
final class Outgoing {
    private final SendQueue.Means means;
    private final Map<ConversationId, SendQueue> queues = new LinkedHashMap<>();
    private int frameLimit; // octets; 0 while nothing can be published

    Outgoing(
            Desk desk,
            Outside outside,
            ContactBook book,
            Circle circle,
            Overview overview,
            Epochs epochs,
            LetterWriter writer,
            Titles titles,
            Amending amending)
            throws StoreException {
        Postbox postbox = new Postbox(desk, overview, titles, amending);
        this.means = new SendQueue.Means(desk, outside, book, circle, overview, postbox, epochs, writer);
        for (OutboxEntry entry : postbox.entries()) {
            queue(postbox.line(entry).line().conversation()).restore(entry);
        }
    }

    /// The relay can be published to from now on.
    ///
    /// @param maxFrameBytes that it takes at once
    void open(int maxFrameBytes) throws StoreException {
        frameLimit = maxFrameBytes;
        for (SendQueue queue : List.copyOf(queues.values())) {
            queue.advance();
        }
    }

    /// The relay's log is another one. Once for each log, whatever ends a process in between.
    void anotherLog(String incarnation) throws StoreException {
        if (means.desk().store().settings().outboxLog().equals(Optional.of(incarnation))) {
            return;
        }
        means.desk().store().commit(() -> {
            for (SendQueue queue : queues.values()) {
                queue.anotherLog();
            }
            means.desk().store().settings().putOutboxLog(incarnation);
        });
    }

    boolean isOpen() {
        return frameLimit > 0;
    }

    /// How much of a conversation waits for the relay.
    int waiting(ConversationId conversation) {
        SendQueue queue = queues.get(conversation);
        return queue == null ? 0 : queue.size();
    }

    /// The connection is lost: every letter without an answer is sent again on the next.
    void close() {
        frameLimit = 0;
        queues.values().forEach(SendQueue::pause);
    }

    /// Stores a message and, where possible, sends it.
    void say(Party to, Body body) throws StoreException {
        queue(to.conversation()).say(to, body);
    }

    /// A room has another membership: what waited for that goes on.
    void roomChanged(ConversationId room) throws StoreException {
        SendQueue queue = queues.get(room);
        if (queue != null) {
            queue.roomChanged();
        }
    }

    /// The letters of which the relay may have one, and has not said so, in a conversation.
    List<Digest> underWay(ConversationId conversation) {
        SendQueue queue = queues.get(conversation);
        return queue == null ? List.of() : queue.underWay();
    }

    /// The relay has a letter durably.
    void published(Published answer) throws StoreException {
        SendQueue queue = queues.get(answer.conversation());
        if (queue != null) {
            queue.published(answer);
        }
    }

    /// The relay did not take a letter.
    ///
    /// @param retryAfter when it might, where that is a matter of time
    void refused(PublishKey key, ProtocolError error, String detail, Optional<Duration> retryAfter)
            throws StoreException {
        SendQueue queue = queues.get(key.conversation());
        if (queue != null) {
            queue.refused(key, error, detail, retryAfter);
        }
    }

    /// The room's record has entries that this client has not applied yet: they are on their way, and change who reads.
    void staleRoom(PublishKey key) throws StoreException {
        SendQueue queue = queues.get(key.conversation());
        if (queue != null) {
            queue.staleRoom(key);
        }
    }

    private SendQueue queue(ConversationId conversation) {
        return queues.computeIfAbsent(conversation, id -> new SendQueue(id, means, () -> frameLimit));
    }
}
