package org.chancery.bench.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.chancery.pki.keystore.Identity;

/// People who come, shake hands in full, are let in, and leave: eight at a time.
final class Handshakes implements Load {

    private static final int AT_ONCE = 8;

    private final Stage stage;

    private final List<Identity> people = new ArrayList<>();

    Handshakes(Stage stage) {
        this.stage = stage;
        for (int i = 0; i < AT_ONCE; i++) {
            people.add(stage.roster().identity(i)); // to make a key is not what is measured
        }
    }

    @Override
    public Turn turn(double seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return run(Long.MAX_VALUE, end);
    }

    /// So many and no more.
    Turn times(long count) throws IOException, InterruptedException {
        return run(count, Long.MAX_VALUE);
    }

    private Turn run(long count, long endNanos) throws IOException, InterruptedException {
        AtomicLong begun = new AtomicLong();
        AtomicLong done = new AtomicLong();
        AtomicReference<IOException> failed = new AtomicReference<>();
        Turn.Watch watch = stage.watch();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            int person = i;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (begun.getAndIncrement() < count && System.nanoTime() < endNanos) {
                        // With a context of its own it has no ticket that it could resume by.
                        SSLContext context = stage.roster().context(people.get(person));
                        Link.open(stage.dialect(), stage.server().port(), person, context)
                                .leave();
                        done.incrementAndGet();
                    }
                } catch (IOException e) {
                    failed.set(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failed.get() != null) {
            throw new IOException("a handshake failed", failed.get());
        }
        return watch.stop(done.get());
    }
}
