package org.chancery.server.command;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.console.FileTrouble;
import org.chancery.server.Relay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has a running relay take over what changes in its [IdentityFiles]. What cannot be read, or would be accepted by
/// nobody, is told of once and tried again now and then; until it is good the old stays in force. So files that
/// belong together may come one after the other, and one that is half written is read when it is whole.
final class IdentityReload implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityReload.class);

    private static final int INTERVAL_MILLIS = 500;

    /// Takes over what one kind of file holds now.
    private interface Step {
        void take() throws Exception;
    }

    private final IdentityFiles files;
    private final Relay relay;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, String> told = new HashMap<>(); // the watching thread's

    /// @param files as they were read for the relay; what was written since is taken over first
    IdentityReload(IdentityFiles files, Relay relay) {
        this.files = files;
        this.relay = relay;
        files.takeOver();
    }

    /// Begins to watch.
    void start() {
        Thread.ofPlatform().name("identity-watch").daemon(true).start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (!files.changed()) {
            return;
        }
        attempt("--trust", () -> relay.believe(files.anchors()));
        attempt("--keystore " + files.keyStore(), () -> relay.become(files.identity()));
        if (told.isEmpty()) {
            files.takeOver();
        }
    }

    /// Bad input, refused certificates, a file that is away: whatever it is, the relay runs on with what it has.
    @SuppressWarnings("CatchingUnchecked")
    private void attempt(String what, Step step) {
        try {
            step.take();
            told.remove(what);
        } catch (Exception e) {
            String trouble = e instanceof IOException io ? FileTrouble.inWords(io) : String.valueOf(e.getMessage());
            if (!trouble.equals(told.put(what, trouble))) {
                LOG.error("{} not taken over, the old stays in force: {}", what, trouble);
            }
        }
    }

    /// Watches no more.
    @Override
    public void close() {
        closed.countDown();
    }
}
