package org.chancery.client.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chancery.protocol.channel.AlertException;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Goodbye;
import org.chancery.protocol.frame.Frame.Hello;
import org.chancery.protocol.frame.Frame.Ping;
import org.chancery.protocol.frame.Frame.Pong;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.Frame.Welcome;
import org.chancery.protocol.frame.FrameWriter;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.revocation.CrlAssembly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One channel from its first frame to its last: the reader is who calls [#run], the writer is a thread of its own.
///
/// The writer also watches: it pings when nothing was to be said, and cuts a relay from which nothing was heard.
final class RelaySession {
    private static final Logger LOG = LoggerFactory.getLogger(RelaySession.class);

    /// Below what home routers forget an idle connection after, and what the relay takes for idle.
    private static final Duration KEEPALIVE = Duration.ofSeconds(20);

    /// Three pings without an answer.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /// Far more than a person can have under way. A relay that lets it fill up does not read.
    private static final int MAX_OUTGOING = 1024;

    /// How long a parting client waits for its last words to leave.
    private static final Duration PARTING = Duration.ofSeconds(2);

    /// What the writer is given to say.
    private sealed interface Word {
        record Say(Frame frame) implements Word {}

        record Farewell() implements Word {}
    }

    private final Channel channel;
    private final Hello hello;
    private final LinkedBlockingQueue<Word> outgoing = new LinkedBlockingQueue<>(MAX_OUTGOING);
    private final Thread writer;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean silent;
    private boolean welcomed; // the reader's

    /// @param hello what is said first, whatever else is to be said meanwhile
    RelaySession(Channel channel, Hello hello) {
        this.channel = channel;
        this.hello = hello;
        this.writer = Thread.ofVirtual().name("relay-writer").unstarted(this::write);
        outgoing.add(new Word.Say(hello));
    }

    /// Says hello and reads until the end. Blocks.
    Loss run(RelayConnection.Listener listener) {
        writer.start();
        try {
            return read(listener, new CrlAssembly(hello.crls()));
        } catch (AlertException e) {
            return Losses.of(e.alert());
        } catch (IOException e) {
            LOG.debug("connection lost", e);
            return new Loss.Broken(silent ? "nothing was heard from the relay" : "the connection broke");
        } catch (ProtocolException e) {
            LOG.warn("the relay broke the protocol: {}", e.getMessage());
            return new Loss.Broken("the relay said something that is not of the protocol");
        } finally {
            cut();
        }
    }

    private Loss read(RelayConnection.Listener listener, CrlAssembly lists) throws IOException, ProtocolException {
        while (true) {
            Frame frame = channel.reader().read().orElse(null);
            heardNanos = System.nanoTime();
            switch (frame) {
                case null -> {
                    return new Loss.Broken("the relay closed the connection");
                }
                case Goodbye goodbye -> {
                    return Losses.of(goodbye);
                }
                case Ping ping -> send(new Pong(ping.nonce()));
                case Pong _ -> {}
                case Welcome welcome
                when !welcomed -> {
                    welcomed = true;
                    listener.online(channel.path(), welcome);
                }
                case Refused refused
                when !welcomed -> {
                    return refused(refused);
                }
                case Frame.CrlsAnnounced announcement
                when welcomed -> {
                    lists.announced(announcement);
                    listener.lists(Optional.empty(), lists.isComplete());
                }
                case Frame.CrlPart part
                when welcomed -> {
                    Optional<byte[]> whole = lists.part(part);
                    if (whole.isPresent()) {
                        listener.lists(whole, lists.isComplete());
                    }
                }
                case Frame other when welcomed -> listener.received(other);
                default -> throw new ProtocolException(ProtocolError.MALFORMED_FRAME, "a frame before Welcome");
            }
        }
    }

    private static Loss refused(Refused refused) {
        return refused.error() == ProtocolError.UNSUPPORTED_VERSION
                ? new Loss.Final(EndReason.INCOMPATIBLE, refused.detail())
                : new Loss.Broken("the relay refused the session: " + refused.detail());
    }

    /// Queues `frame`. Never blocks: where the relay has not read for so long that the queue is full, the connection is
    /// cut, and what was said will be said again.
    void send(Frame frame) {
        if (!outgoing.offer(new Word.Say(frame))) {
            LOG.warn("{} frames wait for the relay to read; cutting the connection", MAX_OUTGOING);
            cut();
        }
    }

    /// Lets what is queued leave, then closes. Waits for two seconds at most, and not at all for a session that has not
    /// begun to [#run].
    void part() throws InterruptedException {
        boolean begun = writer.getState() != Thread.State.NEW;
        if (begun && outgoing.offer(new Word.Farewell())) {
            writer.join(PARTING);
        }
        cut();
    }

    private void write() {
        try {
            FrameWriter out = channel.writer();
            for (long nonce = 1; ; nonce++) {
                Word next = outgoing.poll(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS);
                if (System.nanoTime() - heardNanos > SILENCE.toNanos()) {
                    silent = true;
                    cut();
                    return;
                }
                if (!writeAll(next == null ? new Word.Say(new Ping(nonce)) : next, out)) {
                    channel.endWriting();
                    return;
                }
            }
        } catch (IOException e) {
            LOG.debug("cannot write to the relay", e);
            cut();
        } catch (ProtocolException e) {
            // The engine holds what it sends against the relay's limit, so this is a bug of ours; the connection is at
            // a frame's border still, but the frame is lost, and only a new session says it again.
            LOG.error("a frame of ours cannot be written", e);
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes `first` and whatever waits behind it in one flush.
    ///
    /// @return false once the last word has been said
    private boolean writeAll(Word first, FrameWriter out) throws IOException, ProtocolException {
        for (Word word = first; word != null; word = outgoing.poll()) {
            switch (word) {
                case Word.Say(Frame frame) -> out.write(frame);
                case Word.Farewell _ -> {
                    return false;
                }
            }
        }
        out.flush();
        return true;
    }

    /// Ends both threads at their next read or write.
    void cut() {
        writer.interrupt();
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }
}
