package org.chancery.bench.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Fifty senders, each with a reader of its own. Either every pair always has so many messages under way, or so many
/// a second are sent, in turn.
final class Pairs implements Load {

    private static final int PAIRS = 50;
    private static final int WINDOW = 16;
    private static final int MAX_LATENCIES = 1 << 20;
    private static final int READER_NUMBERS = 100;

    private final Stage stage;
    private final int rate;
    private final List<Link> readers;
    private final List<Link> senders;
    private final List<Dialect.Writer> writers = new ArrayList<>();
    private final long[] latencies = new long[MAX_LATENCIES];
    private final AtomicInteger measured = new AtomicInteger();
    private volatile boolean measuring;
    private volatile boolean sending;
    private long sent;

    /// @param rate messages a second in all; 0 for as many as go
    Pairs(Stage stage, int rate) throws IOException, InterruptedException {
        this.stage = stage;
        this.rate = rate;
        this.readers = stage.links(READER_NUMBERS, PAIRS);
        this.senders = stage.links(0, PAIRS);
        for (int i = 0; i < PAIRS; i++) {
            Link sender = senders.get(i);
            Dialect.Writer writer = stage.dialect().conversation(sender, List.of(readers.get(i)), i);
            writers.add(writer);
            Semaphore room = new Semaphore(WINDOW);
            sender.listen(_ -> {});
            readers.get(i).listen(rate > 0 ? this::measure : _ -> room.release());
            if (rate == 0) {
                Thread.ofPlatform().daemon().name("sender-" + i).start(() -> send(sender, writer, room));
            }
        }
    }

    private void measure(long sentNanos) {
        if (measuring) {
            latencies[measured.getAndIncrement() & (MAX_LATENCIES - 1)] = System.nanoTime() - sentNanos;
        }
    }

    private void send(Link sender, Dialect.Writer writer, Semaphore room) {
        try {
            while (true) {
                room.acquire();
                while (!sending) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                sender.write(writer.next(System.nanoTime()));
            }
        } catch (IOException | InterruptedException e) {
            return; // the stage is over
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
        measured.set(0);
        measuring = rate > 0;
        sending = true;
        long before = heard();
        Turn.Watch watch = stage.watch();
        long start = System.nanoTime();
        if (rate == 0) {
            Thread.sleep((long) (seconds * 1000));
        } else {
            long sentBefore = sent;
            for (long due = start; due < start + (long) (seconds * 1e9); ) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                int pair = (int) (sent % PAIRS);
                senders.get(pair).write(writers.get(pair).next(System.nanoTime()));
                sent++;
                due = start + (sent - sentBefore) * 1_000_000_000L / rate;
            }
        }
        Turn turn = watch.stop(heard() - before, Arrays.copyOf(latencies, Math.min(measured.get(), MAX_LATENCIES)));
        sending = false;
        measuring = false;
        for (Link link : readers) {
            link.check();
        }
        for (Link link : senders) {
            link.check();
        }
        Thread.sleep(200); // what is under way arrives in nobody's turn
        return turn;
    }
}
