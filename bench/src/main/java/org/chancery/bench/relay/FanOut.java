package org.chancery.bench.relay;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One sender, fifty readers. Either so many messages are always under way, or so many a second are sent.
final class FanOut implements Load {

    private static final int READERS = 50;
    private static final int WINDOW = 64;
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_LATENCIES = 1 << 20;

    private final Stage stage;
    private final int rate;
    private final List<Link> readers;
    private final Link sender;
    private final Dialect.Writer writer;
    private final long[] latencies = new long[MAX_LATENCIES];
    private volatile int measured;
    private volatile boolean measuring;
    private long sent;

    /// @param rate messages a second; 0 for as many as go
    FanOut(Stage stage, int rate) throws IOException, InterruptedException {
        this.stage = stage;
        this.rate = rate;
        this.readers = stage.links(Roster.TEAM, READERS);
        this.sender = stage.link(0);
        this.writer = stage.dialect().conversation(sender, readers, 0);
        Link first = readers.getFirst();
        for (Link reader : readers) {
            reader.listen(reader == first ? this::measure : _ -> {});
        }
        sender.listen(_ -> {});
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by the first reader only
    private void measure(long sentNanos) {
        if (measuring && measured < MAX_LATENCIES) {
            latencies[measured] = System.nanoTime() - sentNanos;
            measured++;
        }
    }

    private long heard() {
        long sum = 0;
        for (Link reader : readers) {
            sum += reader.heard;
        }
        return sum;
    }

    @Override
    public Turn turn(double seconds) throws IOException, InterruptedException {
        measured = 0;
        measuring = rate > 0;
        long before = heard();
        long sentBefore = sent;
        Turn.Watch watch = stage.watch();
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            if (rate > 0) {
                await(start + (sent - sentBefore) * 1_000_000_000L / rate);
            }
            awaitUnderWay(WINDOW);
            sender.write(writer.next(System.nanoTime()));
            sent++;
        }
        measuring = false;
        Turn turn = watch.stop(heard() - before, Arrays.copyOf(latencies, measured));
        awaitUnderWay(0);
        return turn;
    }

    private static void await(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void awaitUnderWay(int messages) throws IOException {
        long since = System.nanoTime();
        while (sent * READERS - heard() > (long) messages * READERS) {
            LockSupport.parkNanos(30_000);
            sender.check();
            for (Link reader : readers) {
                reader.check();
            }
            if (System.nanoTime() - since > STALL_NANOS) {
                throw new IOException("stalled: " + (sent * READERS - heard()) + " deliveries missing");
            }
        }
    }
}
