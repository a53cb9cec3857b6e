package org.chancery.server.conversation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What may wait while the disk does not come back.
@Timeout(60)
class GroupCommitTest {

    private static final long MIB = 1 << 20;

    private final CountDownLatch disk = new CountDownLatch(1);
    private final List<Integer> applied = new ArrayList<>(); // the writer's, and ours after the last commit

    @TempDir
    private Path directory;

    private GroupCommit commits;

    @BeforeEach
    void open() throws Exception {
        Sql sql =
                Database.open(directory.resolve("relay.db"), new SecureRandom()).connect();
        Storage storage = new Storage(StorageShares.ofLogAlone(StorageBounds.DEFAULT), () -> Long.MAX_VALUE);
        commits = new GroupCommit(sql, storage, new Remembered(), new Metrics(), failure -> {
            throw new AssertionError(failure);
        });
        CountDownLatch held = new CountDownLatch(1);
        commits.submit(_ -> {
            held.countDown();
            await(disk);
            return () -> {};
        });
        await(held);
    }

    @AfterEach
    void close() {
        disk.countDown();
        commits.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private GroupCommit.Change change(int number, long octets) {
        return new GroupCommit.Change() {
            @Override
            public Runnable apply(Sql sql) {
                applied.add(number);
                return () -> {};
            }

            @Override
            public long octets() {
                return octets;
            }
        };
    }

    @Test
    void takesNoMoreThanMemoryMayHold() throws Exception {
        int few = (int) (GroupCommit.MAX_OCTETS / MIB);
        for (int number = 0; number < few; number++) {
            commits.submit(change(number, MIB));
        }
        Thread late = submitting(change(few, MIB));
        awaitWaiting(late);
        commits.submit(change(few + 1, 0)); // an acknowledgement still finds room
        disk.countDown();
        late.join();
        commits.close();
        assertThat(applied).hasSize(few + 2).contains(few);
    }

    @Test
    void takesNoMoreThanSoMany() throws Exception {
        for (int number = 0; number < 1024; number++) {
            commits.submit(change(number, 1));
        }
        Thread late = submitting(change(1024, 1));
        awaitWaiting(late);
        disk.countDown();
        late.join();
        commits.close();
        assertThat(applied).hasSize(1025).last().isEqualTo(1024);
    }

    @Test
    void takesOneThatIsLargerThanAllMayBe() throws Exception {
        commits.submit(change(0, 2 * GroupCommit.MAX_OCTETS));
        Thread late = submitting(change(1, 1));
        awaitWaiting(late);
        disk.countDown();
        late.join();
        commits.close();
        assertThat(applied).containsExactly(0, 1);
    }

    private Thread submitting(GroupCommit.Change change) {
        return Thread.ofPlatform().start(new FutureTask<>(() -> commits.submit(change)));
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.isAlive()).as("taken at once").isTrue();
            Thread.onSpinWait();
        }
    }
}
