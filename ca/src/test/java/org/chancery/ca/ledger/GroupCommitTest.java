package org.chancery.ca.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Writers that come while another is at it share the next commit.
@Timeout(60)
class GroupCommitTest {
    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void create() throws Exception {
        database = Database.create(file(), Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void releasesNobodyBeforeTheOneCommitTheyShare() throws Exception {
        ConcurrentLinkedQueue<Long> committedWhileWorking = new ConcurrentLinkedQueue<>();
        List<FutureTask<String>> group = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            group.add(writing("act " + i, connection -> committedWhileWorking.add(committed())));
        }
        runTogether(group);

        for (FutureTask<String> each : group) {
            each.get();
        }
        assertThat(committedWhileWorking).hasSize(8).containsOnly(1L);
        assertThat(committed()).isEqualTo(9);
    }

    @Test
    void failsOnlyTheOneWhoseWorkIsRefused() throws Exception {
        KeyTakenException refusal =
                new KeyTakenException(new KeyHolder("client", Sample.address("a@b.example"), false));
        FutureTask<String> before = writing("before", _ -> {});
        FutureTask<String> refused = writing("refused", _ -> {
            throw refusal;
        });
        FutureTask<String> bug = writing("bug", _ -> {
            throw new IllegalStateException("a slip");
        });
        FutureTask<String> after = writing("after", _ -> {});
        runTogether(List.of(before, refused, bug, after));

        assertThat(before.get()).isEqualTo("before");
        assertThat(after.get()).isEqualTo("after");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(refused::get)
                .withCause(refusal);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(bug::get)
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(names()).containsExactlyInAnyOrder("held up", "before", "after");
    }

    @Test
    @Defends(Threat.ISSUED_BUT_NOT_RECORDED)
    void failsEverybodyWhoseCommitFails() throws Exception {
        FutureTask<String> innocent = writing("innocent", _ -> {});
        // Found out by SQLite at the commit alone.
        FutureTask<String> guilty = writing("guilty", connection -> {
            Database.execute(connection, "PRAGMA defer_foreign_keys = ON");
            Database.execute(
                    connection,
                    "INSERT INTO certificate VALUES"
                            + " (1, '01', 'i', 'p', NULL, 'd', 'n', 0, 0, 'renewed', 'ff', NULL, NULL)");
        });
        runTogether(List.of(innocent, guilty));

        for (FutureTask<String> each : List.of(innocent, guilty)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(each::get)
                    .withCauseInstanceOf(LedgerException.class);
        }
        assertThat(names()).containsExactly("held up");
        // And the next one is served.
        database.write(connection -> append(connection, "next"));
        assertThat(names()).containsExactly("held up", "next");
    }

    @Test
    void readsWhatIsCommittedWhileSomebodyWrites() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        FutureTask<String> writer = writing("writer", _ -> {
            writing.countDown();
            read.await();
        });
        Thread.ofVirtual().start(writer);
        writing.await();
        assertThat(database.<Long, RuntimeException>read(
                        connection -> new ActTable(connection).head().sequence()))
                .isZero();
        read.countDown();

        assertThat(writer.get()).isEqualTo("writer");
    }

    @Test
    void closesOnlyBehindWhoIsWaiting() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        FutureTask<String> writer = writing("writer", _ -> {
            held.countDown();
            letGo.await();
        });
        Thread.ofPlatform().start(writer);
        held.await();
        FutureTask<Boolean> closing = new FutureTask<>(() -> {
            database.close();
            return true;
        });
        Thread closer = Thread.ofPlatform().start(closing);
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        letGo.countDown();

        assertThat(writer.get()).isEqualTo("writer");
        assertThat(closing.get()).isTrue();
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> database.write(connection -> append(connection, "too late")));
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void whoIsInterruptedStillHearsWhatBecameOfIt() throws Exception {
        FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            database.write(connection -> append(connection, "despite it"));
            return Thread.interrupted();
        });
        Thread.ofPlatform().start(interrupted);

        assertThat(interrupted.get()).as("still interrupted").isTrue();
        assertThat(names()).containsExactly("despite it");
    }

    @FunctionalInterface
    private interface Step {
        void run(Connection connection) throws Exception;
    }

    private FutureTask<String> writing(String name, Step step) {
        return new FutureTask<>(() -> database.<String, Exception>write(connection -> {
            append(connection, name);
            step.run(connection);
            return name;
        }));
    }

    private static String append(Connection connection, String name) throws SQLException {
        new ActTable(connection).append(Sample.NOW, Act.founded(name));
        return name;
    }

    /// Starts them all while another one holds the connection, and lets that one go when they all wait.
    private void runTogether(List<FutureTask<String>> group) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        FutureTask<String> first = writing("held up", _ -> {
            held.countDown();
            letGo.await();
        });
        Thread.ofPlatform().start(first);
        held.await();
        List<Thread> threads =
                group.stream().map(task -> Thread.ofPlatform().start(task)).toList();
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        letGo.countDown();
        first.get();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /// What another process would see.
    private long committed() throws Exception {
        try (Database other = Database.open(file(), Duration.ofSeconds(10))) {
            return other.<Long, RuntimeException>read(
                    connection -> new ActTable(connection).head().sequence());
        }
    }

    private List<String> names() throws Exception {
        return database.<List<String>, RuntimeException>read(connection -> new ActTable(connection)
                .newest(100, Instant.EPOCH).stream()
                        .map(act -> act.facts().getOrDefault("name", ""))
                        .toList());
    }

    private Path file() {
        return directory.resolve("ledger.db");
    }
}
