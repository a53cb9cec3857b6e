package org.chancery.server.session;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.envelope.Wrap;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameWriter;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.server.conversation.StoredLetter;
import org.chancery.server.delivery.Delivery;
import org.chancery.server.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/// What a session has to say, and the one thread that says it: a virtual thread that is there only while there
/// is something to say. Answers and signals wait in a bounded queue, long ones unmade; letters wait in the log,
/// CRLs where everybody's are, files on the disk. So a client that does not read costs little memory.
/// Everything that is ready together leaves in as few writes as TLS records allow; of a CRL one part at a time,
/// behind answers and letters, and of a file one part at a time behind all of these.
final class Outbox {

    /// Makes a frame when its turn has come, on the writing thread.
    interface Reply {
        Frame frame() throws IOException;
    }

    /// What to write now.
    ///
    /// @param letters behind the replies
    /// @param part of the CRLs or of a file, behind the letters
    /// @param last nothing comes after it
    private record Batch(List<Reply> replies, List<StoredLetter> letters, Optional<Frame> part, boolean last) {}

    /// Told what went wrong with the writing, on the writing thread.
    interface Trouble {
        void writing(Throwable e);
    }

    private final Channel channel;
    private final Delivery delivery;
    private final FileHandout files;
    private final int capacity;
    private final Metrics metrics;
    private final Trouble trouble;

    /// Guards what follows, between whoever has something to say and the writer.
    private final ReentrantLock lock = new ReentrantLock();

    private final Queue<Reply> queue = new ArrayDeque<>();
    private Frame.@Nullable Goodbye goodbye;
    private @Nullable CrlHandout lists;
    private boolean listsReady;
    private boolean lettersReady;
    private boolean filesReady;
    private boolean writing;
    private boolean closed;

    /// @param capacity frames that may wait
    Outbox(Channel channel, Delivery delivery, FileHandout files, int capacity, Metrics metrics, Trouble trouble) {
        this.channel = channel;
        this.delivery = delivery;
        this.files = files;
        this.capacity = capacity;
        this.metrics = metrics;
        this.trouble = trouble;
    }

    /// Says a frame; false if too much waits already. Does not block.
    boolean offer(Frame frame) {
        return offer(() -> frame);
    }

    /// Says what is made when it can be written: what waits for a slow reader is the question, not the answer.
    boolean offer(Reply reply) {
        return add(reply, capacity);
    }

    /// Says a frame if few wait: half of the queue is for answers, which end the session when they find no room.
    boolean signal(Frame frame) {
        return add(() -> frame, capacity / 2);
    }

    private boolean add(Reply reply, int room) {
        lock.lock();
        try {
            if (closed) {
                return true; // nobody is there to miss it
            }
            if (queue.size() >= room) {
                return false;
            }
            queue.add(reply);
            startWriter();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Looks whether there are letters to deliver. Does not block.
    void deliver() {
        lock.lock();
        try {
            if (!closed) {
                lettersReady = true;
                startWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Hands over CRLs from now on.
    void begin(CrlHandout handout) {
        lock.lock();
        try {
            lists = handout;
        } finally {
            lock.unlock();
        }
        handOut();
    }

    /// Looks whether there are other CRLs to hand over, once it has begun. Does not block.
    void handOut() {
        lock.lock();
        try {
            if (!closed && lists != null) {
                listsReady = true;
                startWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Looks whether there are octets of files to hand over. Does not block.
    void handOutFiles() {
        lock.lock();
        try {
            if (!closed) {
                filesReady = true;
                startWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Says goodbye after the answers that wait, and nothing after it. Does not block.
    void end(Frame.Goodbye last) {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                goodbye = last;
                startWriter();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Says nothing more.
    void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    /// How many frames wait.
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void startWriter() {
        if (!writing) {
            writing = true;
            Thread.ofVirtual().name("session-writer").start(this::run);
        }
    }

    private void run() {
        try {
            Optional<Batch> batch = next();
            while (batch.isPresent()) {
                write(batch.get());
                batch = next();
            }
        } catch (IOException | ProtocolException | RuntimeException | Error e) {
            trouble.writing(e);
        }
    }

    private void write(Batch batch) throws IOException, ProtocolException {
        FrameWriter writer = channel.writer();
        for (Reply reply : batch.replies()) {
            Frame frame = reply.frame();
            metrics.sent(frame);
            writer.write(frame);
        }
        for (StoredLetter letter : batch.letters()) {
            Wrap wrap = letter.wrap().orElseThrow();
            metrics.delivered();
            writer.write(letter.placed().posting(wrap), wrap);
        }
        if (batch.part().isPresent()) {
            metrics.sent(batch.part().get());
            writer.write(batch.part().get());
        }
        if (batch.last()) {
            channel.endWriting();
        } else if (batch.part().isPresent() || !more()) {
            writer.flush(); // at every part: letters do not wait in a buffer for those that follow
        }
    }

    private boolean ready() {
        return lettersReady || listsReady || filesReady;
    }

    private boolean more() {
        lock.lock();
        try {
            return !queue.isEmpty() || ready() || goodbye != null;
        } finally {
            lock.unlock();
        }
    }

    /// What to write now; empty to end, for there is nothing.
    private Optional<Batch> next() throws IOException {
        List<Reply> replies;
        boolean letters;
        boolean octets;
        CrlHandout handout;
        lock.lock();
        try {
            if (queue.isEmpty() && goodbye == null && (closed || !ready())) {
                writing = false;
                return Optional.empty();
            }
            replies = new ArrayList<>(queue);
            queue.clear();
            if (goodbye != null) {
                Frame last = goodbye;
                goodbye = null;
                replies.add(() -> last);
                return Optional.of(new Batch(replies, List.of(), Optional.empty(), true));
            }
            letters = lettersReady;
            handout = listsReady ? lists : null;
            octets = filesReady;
            lettersReady = false;
            listsReady = false;
            filesReady = false;
        } finally {
            lock.unlock();
        }
        Delivery.Turn turn = letters ? delivery.next() : Delivery.Turn.NOTHING;
        turn.notice().ifPresent(notice -> replies.add(() -> notice));
        if (!turn.isEmpty()) {
            deliver(); // there may be more
        }
        Optional<Frame> part = handout == null ? Optional.empty() : handout.next();
        if (part.isPresent()) {
            handOut(); // likewise
        }
        if (octets && part.isEmpty()) {
            part = files.next();
        }
        if (octets && part.isPresent()) {
            handOutFiles(); // of files too, in its turn
        }
        return Optional.of(new Batch(replies, turn.letters(), part, false));
    }
}
