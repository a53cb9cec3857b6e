package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.FileTransfer;
import org.chancery.client.chat.Message;
import org.chancery.client.store.StoreException;
import org.chancery.protocol.content.Body;
import org.junit.jupiter.api.Test;

/// Files that move on a thread of their own, beside the engine's.
final class EngineFilesTest extends Lab {
    private Path file() throws Exception {
        return Files.writeString(directory.resolve("plan.txt"), "what to do");
    }

    /// What waits for the commit is what the engine says; a file's octets have nothing to do with it, and come from
    /// another thread.
    @Test
    void goOnWhileLettersShareACommit() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        relay.locked(() -> relay.busyForUploads = Optional.of(Duration.ofSeconds(2)));
        a.submit(new Command.SendFile(a.person(BOB), file(), ""));
        a.await(Event.TransferChanged.class, changed -> changed.transfer().state() == FileTransfer.State.WAITING);
        relay.uploads.clear();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread holder = Thread.ofVirtual().start(() -> hold(a, held, over));
        try {
            held.await();
            b.send(ALICE, "whose commit has to wait");
            assertThat(relay.uploads.poll(10, TimeUnit.SECONDS))
                    .as("it was asked for once more")
                    .isNotNull();
        } finally {
            over.countDown();
            holder.join();
        }
    }

    private static void hold(TestClient client, CountDownLatch held, CountDownLatch over) {
        try {
            client.store.commit(() -> {
                held.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    /// And so is not in a letter that the relay has, and no store.
    @Test
    void aMessageOfAFileIsToldOnceItIsOnTheDisk() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        BlockingQueue<Integer> queued = new LinkedBlockingQueue<>();
        a.engine.subscribe(event -> {
            if (event instanceof Event.MessageStored(Message message)
                    && message.body().orElse(null) instanceof Body.File) {
                queued.add(inOutbox());
            }
        });
        a.submit(new Command.SendFile(a.person(BOB), file(), ""));

        assertThat(queued.poll(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    private int inOutbox() {
        Path database = TestClient.location(alice, directory).directory().resolve("store.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM outbox")) {
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
