package org.chancery.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.revocation.Grounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries revocations into the directory, so that nobody seals to a revoked device. A device that comes back
/// with another certificate of its key is entered anew.
///
/// On a thread of its own: who is to be cut off does not wait for the disk. However often it is told meanwhile that
/// something has changed, it looks once more.
final class RevokedDevices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RevokedDevices.class);

    /// For what is under way to reach the disk; what does not is entered at the next start.
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final ConversationLog log;
    private final Supplier<Grounds> grounds;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private RevokedDevices(ConversationLog log, Supplier<Grounds> grounds) {
        this.log = log;
        this.grounds = grounds;
        this.thread = Thread.ofPlatform().name("revoked-devices").daemon(true).unstarted(this::run);
    }

    /// Enters what is known to be revoked, and begins to wait for more.
    static RevokedDevices begin(ConversationLog log, Supplier<Grounds> grounds)
            throws IOException, InterruptedException {
        RevokedDevices devices = new RevokedDevices(log, grounds);
        devices.enter();
        devices.thread.start();
        return devices;
    }

    /// Others may be revoked now. Does not block.
    void changed() {
        changes.release();
    }

    /// Whatever goes wrong, the next change is looked at.
    @SuppressWarnings("CatchingUnchecked")
    private void run() {
        try {
            while (!closed) {
                changes.acquire();
                changes.drainPermits();
                try {
                    enter();
                } catch (IOException | RuntimeException e) {
                    LOG.error("revoked devices not marked in the directory", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the disk hangs, and everything else has ended
        }
    }

    private void enter() throws IOException, InterruptedException {
        Grounds now = grounds.get();
        List<DeviceId> revoked = log.unrevokedDevices().stream()
                .filter(device -> now.lists(device.chain()))
                .map(KnownDevice::id)
                .toList();
        if (!revoked.isEmpty()) {
            log.revoke(revoked);
        }
    }

    @Override
    public void close() {
        closed = true;
        changes.release();
        try {
            if (!thread.join(ENDING)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
