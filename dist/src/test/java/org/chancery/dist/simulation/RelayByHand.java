package org.chancery.dist.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.DeviceRefusedException;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.conversation.sqlite.Copies;
import org.chancery.server.conversation.sqlite.NotALogException;
import org.chancery.server.conversation.sqlite.SqliteConversationLog;
import org.chancery.server.metrics.Metrics;

/// A relay without threads and sockets: its own log, its own delivery, and what a session does between them, one frame
/// after the other.
final class RelayByHand implements AutoCloseable {
    private final Clock clock;
    private final Path file;
    private final PathValidator validator;
    private final ValidatedPath own;
    private final Map<DeviceId, SessionByHand> sessions = new LinkedHashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final SeededRandom random;
    private final Ledger ledger = new Ledger();
    private ConversationLog log;
    private CrlSet crls;

    RelayByHand(TestPki pki, Clock clock, Path file, SeededRandom random) throws Exception {
        this.clock = clock;
        this.file = file;
        this.random = random;
        this.validator = new PathValidator(pki.trustAnchors());
        this.crls = pki.crls();
        Identity relay = pki.server("127.0.0.1");
        this.own = validator.validate(ValidationRequest.of(relay.chain().leaf())
                .untrusted(relay.chain().issuers())
                .purpose(Purpose.SERVER)
                .at(clock.instant())
                .revocation(new Revocation.NotChecked()));
        this.log = open();
    }

    private ConversationLog open() throws IOException {
        return SqliteConversationLog.open(
                file, StorageShares.ofLogAlone(StorageBounds.DEFAULT), clock, random, new Metrics(), failure::set);
    }

    /// What it proves in a handshake.
    ValidatedPath path() {
        return own;
    }

    ConversationLog log() {
        return log;
    }

    /// What it has taken, letter by letter.
    Ledger ledger() {
        return ledger;
    }

    /// Those in force.
    CrlSet crls() {
        return crls;
    }

    /// Holds others from now on, and tells everybody.
    void publish(CrlSet lists) {
        crls = lists;
        sessions.values().forEach(SessionByHand::handOut);
    }

    Clock clock() {
        return clock;
    }

    ValidatedPath person(X509Certificate leaf, List<X509Certificate> issuers) throws PathValidationException {
        return validator.validate(ValidationRequest.of(leaf)
                .untrusted(issuers)
                .purpose(Purpose.CLIENT)
                .at(clock.instant())
                .revocation(new Revocation.NotChecked()));
    }

    /// Lets a device in.
    ///
    /// @param says where what the relay says goes to
    SessionByHand admit(Identity device, Frame.Hello hello, Consumer<Frame> says)
            throws IOException, InterruptedException, DeviceRefusedException, PathValidationException {
        ValidatedPath path = person(device.chain().leaf(), device.chain().issuers());
        SessionByHand session = new SessionByHand(this, device, path, says);
        log.admit(new KnownDevice(
                session.address(), Optional.empty(), device.deviceId(), path.chain(), false, Optional.empty()));
        sessions.put(device.deviceId(), session);
        session.begin(hello);
        return session;
    }

    void leave(DeviceId device) {
        sessions.remove(device);
    }

    boolean isThere(DeviceId device) {
        return sessions.containsKey(device);
    }

    /// Letters for these are in the log.
    void wake(Set<DeviceId> readers, ConversationId conversation, long sequence) throws IOException {
        for (SessionByHand session : new ArrayList<>(sessions.values())) {
            if (readers.contains(session.device())) {
                session.wake(conversation, sequence);
            }
        }
    }

    /// Tells those who are there that the devices of somebody have changed: the owner's others, and who shares a
    /// conversation with them.
    void devicesChanged(SessionByHand by, Collection<Address> contacts) {
        for (SessionByHand session : sessions.values()) {
            Address address = session.address();
            if (session != by && (address.equals(by.address()) || contacts.contains(address))) {
                session.devicesChanged(by.address());
            }
        }
    }

    /// Waits until the log's thread has answered, so that all of it is one thread after all.
    <T> T answered(Asked<T> asked) throws IOException, InterruptedException {
        BlockingQueue<Object> answers = new ArrayBlockingQueue<>(1);
        asked.ask(answers::add);
        Object answer = answers.poll(1, TimeUnit.MINUTES);
        Throwable failed = failure.get();
        if (answer == null || failed != null) {
            throw new IOException("the log does not answer", failed);
        }
        @SuppressWarnings("unchecked") // what this very question put there
        T typed = (T) answer;
        return typed;
    }

    /// A question to the log.
    interface Asked<T> {
        void ask(Consumer<T> answer) throws InterruptedException;
    }

    /// Ends the process and starts another: every connection is gone, and what is on disk is there.
    void restart() throws IOException {
        log.close();
        sessions.clear();
        log = open();
    }

    /// Copies the log as it is now, in place of an earlier copy.
    void copy() throws IOException, InterruptedException {
        log.revoke(List.of()); // behind what nobody waits for
        log.copyTo(copy(file), true);
        ledger.copied();
    }

    /// Whether there is a copy.
    boolean hasCopy() {
        return Files.exists(copy(file));
    }

    /// The disk is lost, and another process starts on the copy: what came after it is gone.
    void restore() throws IOException, NotALogException {
        log.close();
        sessions.clear();
        for (String companion : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + companion));
        }
        Copies.putBack(copy(file), file);
        ledger.restored();
        log = open();
    }

    private static Path copy(Path file) {
        return file.resolveSibling("relay.backup");
    }

    @Override
    public void close() {
        log.close();
    }
}
