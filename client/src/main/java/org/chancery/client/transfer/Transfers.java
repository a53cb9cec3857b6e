package org.chancery.client.transfer;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.chancery.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that is being sent and fetched: one file each way at a time, the others wait. All of it happens on a
/// thread of its own, so that no message waits for a file to be read; the calls here never block.
public final class Transfers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);

    /// The ids of requests begin here: those of other questions never get so far.
    private static final long FIRST_ID = 1L << 62;

    /// Frames that may wait. The relay has less to answer to all that is asked.
    private static final int MOST_FRAMES = 128;

    /// What is sent ahead takes so long on a line that is slow.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int MOST_WAITING = 256;
    private static final Duration IDLE = Duration.ofMinutes(1);

    /// Something to do later.
    private record Due(long atNanos, Runnable step) {}

    private final Way way;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final Thread thread =
            Thread.ofPlatform().name("transfers").daemon(true).unstarted(this::run);
    private volatile boolean closed;

    // The thread's alone.
    private final PriorityQueue<Due> put = new PriorityQueue<>(Comparator.comparingLong(Due::atNanos));
    private final Deque<Uploading> uploads = new ArrayDeque<>();
    private final Deque<Downloading> downloads = new ArrayDeque<>();
    private long lastId = FIRST_ID;
    private int maxFrameBytes; // 0 without a connection

    /// @param relay takes frames, from this thread; without a connection it drops them
    /// @param news told of everything, on this thread
    public Transfers(Consumer<Frame> relay, Consumer<TransferNews> news, SecureRandom random) {
        this(relay, news, PATIENCE, random);
    }

    Transfers(Consumer<Frame> relay, Consumer<TransferNews> news, Duration patience, SecureRandom random) {
        this.way = new Way(relay, news, () -> ++lastId, this::later, patience, () -> closed, random);
    }

    /// Begins to work.
    public void start() {
        thread.start();
    }

    /// Sends a file, after those that are sent already. Told of by [TransferNews.Measured] first.
    public void send(Upload upload) {
        tasks.add(() -> {
            if (uploads.size() >= MOST_WAITING) {
                way.news().accept(new TransferNews.Failed(upload.id(), "too many files wait to be sent"));
                return;
            }
            uploads.add(new Uploading(upload, way));
            if (uploads.size() == 1) {
                begin(uploads.getFirst());
            }
        });
    }

    /// What was measured is in the store.
    public void begin(long id) {
        tasks.add(() -> {
            Uploading first = uploads.peekFirst();
            if (first != null && first.id() == id) {
                first.stored();
            }
        });
    }

    /// Fetches a file, after those that are fetched already.
    public void fetch(Download download) {
        tasks.add(() -> {
            if (downloads.size() >= MOST_WAITING) {
                way.news().accept(new TransferNews.Failed(download.id(), "too many files wait to be fetched"));
                return;
            }
            downloads.add(new Downloading(download, way));
            if (downloads.size() == 1) {
                begin(downloads.getFirst());
            }
        });
    }

    /// Gives one up, wherever it is. Nothing more is told of it.
    public void cancel(long id) {
        tasks.add(() -> {
            uploads.stream().filter(one -> one.id() == id).forEach(Uploading::cancel);
            downloads.stream().filter(one -> one.id() == id).forEach(Downloading::cancel);
            uploads.removeIf(one -> one != uploads.peekFirst() && one.isOver());
            downloads.removeIf(one -> one != downloads.peekFirst() && one.isOver());
        });
    }

    /// There is a connection.
    public void online(int frameLimitBytes) {
        tasks.add(() -> {
            maxFrameBytes = frameLimitBytes;
            if (uploads.peekFirst() != null) {
                uploads.getFirst().online(frameLimitBytes);
            }
            if (downloads.peekFirst() != null) {
                downloads.getFirst().online();
            }
        });
    }

    /// The connection is lost.
    public void offline() {
        tasks.add(() -> {
            maxFrameBytes = 0;
            if (uploads.peekFirst() != null) {
                uploads.getFirst().offline();
            }
            if (downloads.peekFirst() != null) {
                downloads.getFirst().offline();
            }
        });
    }

    /// Whether an answer with this id is to something that was asked here.
    public static boolean isAbout(long id) {
        return id > FIRST_ID;
    }

    /// What the relay says of files, or refuses.
    ///
    /// @return false if it says much more than it was asked: a connection to be given up
    public boolean heard(Frame frame) {
        if (frames.incrementAndGet() > MOST_FRAMES) {
            frames.decrementAndGet();
            return false;
        }
        tasks.add(() -> {
            frames.decrementAndGet();
            take(frame);
        });
        return true;
    }

    private void take(Frame frame) {
        Uploading upload = uploads.peekFirst();
        Downloading download = downloads.peekFirst();
        if (frame instanceof Frame.UploadCommitted committed && upload != null) {
            upload.committed(committed);
        } else if (frame instanceof Frame.FilePart part && download != null && download.isAbout(part.id())) {
            download.part(part);
        } else if (frame instanceof Frame.Refused refused) {
            long id = refused.queryId().orElse(0L);
            if (upload != null && upload.isAbout(id)) {
                upload.refused(refused);
            } else if (download != null && download.isAbout(id)) {
                download.refused(refused);
            }
        }
    }

    private void begin(Uploading next) {
        next.measure();
        if (maxFrameBytes > 0) {
            next.online(maxFrameBytes);
        }
    }

    private void begin(Downloading next) {
        next.open();
        if (maxFrameBytes > 0) {
            next.online();
        }
    }

    private void later(Duration delay, Runnable step) {
        put.add(new Due(System.nanoTime() + delay.toNanos(), step));
    }

    private void run() {
        try {
            while (!closed) {
                Runnable task = tasks.poll(untilNext(), TimeUnit.NANOSECONDS);
                if (task != null && !closed) {
                    task.run();
                }
                for (Due due = put.peek(); due != null && due.atNanos() - System.nanoTime() <= 0; due = put.peek()) {
                    put.remove().step().run();
                }
                goOn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (RuntimeException | Error e) {
            LOG.error("transfers failed; they go on when the program is started again", e);
        } finally {
            uploads.forEach(Uploading::close);
            downloads.forEach(Downloading::close);
        }
    }

    /// Those in front that are over make room for the next.
    private void goOn() {
        while (uploads.peekFirst() != null && uploads.getFirst().isOver()) {
            uploads.removeFirst();
            if (uploads.peekFirst() != null) {
                begin(uploads.getFirst());
            }
        }
        while (downloads.peekFirst() != null && downloads.getFirst().isOver()) {
            downloads.removeFirst();
            if (downloads.peekFirst() != null) {
                begin(downloads.getFirst());
            }
        }
    }

    private long untilNext() {
        Due next = put.peek();
        return next == null ? IDLE.toNanos() : Math.clamp(next.atNanos() - System.nanoTime(), 0, IDLE.toNanos());
    }

    private @Nullable Thread thread() {
        return thread.getState() == Thread.State.NEW ? null : thread;
    }

    /// Ends at once. What was under way is gone on with by the next process that is asked to.
    @Override
    public void close() {
        closed = true;
        Thread running = thread();
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
