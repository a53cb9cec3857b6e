package org.chancery.server.conversation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.keystore.Identity;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.ConversationLogContract;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.metrics.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteConversationLogTest extends ConversationLogContract {

    private static final String SCHEMA_1 = """
            CREATE TABLE log (incarnation TEXT NOT NULL);
            CREATE TABLE device (
              id           BLOB PRIMARY KEY,
              address      TEXT NOT NULL,
              display_name TEXT,
              chain        BLOB NOT NULL,
              not_after    INTEGER NOT NULL,
              first_seen   INTEGER NOT NULL,
              revoked      INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE INDEX device_address ON device (address);
            CREATE TABLE conversation (
              id         BLOB PRIMARY KEY,
              head       INTEGER NOT NULL,
              transcript BLOB NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE member (
              conversation BLOB NOT NULL,
              address      TEXT NOT NULL,
              PRIMARY KEY (conversation, address)
            ) WITHOUT ROWID;
            CREATE INDEX member_address ON member (address);
            CREATE TABLE seal (
              id           BLOB PRIMARY KEY,
              conversation BLOB NOT NULL,
              sender       BLOB NOT NULL,
              commitment   BLOB NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE wrap (
              seal           BLOB NOT NULL,
              device         BLOB NOT NULL,
              recipient_info BLOB NOT NULL,
              PRIMARY KEY (seal, device)
            ) WITHOUT ROWID;
            CREATE TABLE chain (
              sender       BLOB NOT NULL,
              id           BLOB NOT NULL,
              conversation BLOB NOT NULL,
              counter      INTEGER NOT NULL,
              PRIMARY KEY (sender, id)
            ) WITHOUT ROWID;
            CREATE TABLE letter (
              conversation BLOB NOT NULL,
              sequence     INTEGER NOT NULL,
              accepted_at  INTEGER NOT NULL,
              sender       BLOB NOT NULL,
              chain        BLOB NOT NULL,
              counter      INTEGER NOT NULL,
              seal         BLOB NOT NULL,
              hash         BLOB NOT NULL,
              transcript   BLOB NOT NULL,
              der          BLOB NOT NULL
            );
            CREATE UNIQUE INDEX letter_place ON letter (conversation, sequence);
            CREATE UNIQUE INDEX letter_key ON letter (sender, chain, counter);
            CREATE TABLE cursor (
              device       BLOB NOT NULL,
              conversation BLOB NOT NULL,
              acknowledged INTEGER NOT NULL,
              PRIMARY KEY (device, conversation)
            ) WITHOUT ROWID;
            INSERT INTO log VALUES ('0123456789abcdef');
            PRAGMA user_version = 1""";

    @TempDir
    private Path directory;

    @Override
    protected ConversationLog open() throws IOException {
        return open(directory.resolve("relay.db"));
    }

    private ConversationLog open(Path file) throws IOException {
        return SqliteConversationLog.open(
                file,
                StorageShares.ofLogAlone(StorageBounds.DEFAULT),
                pki().clock(),
                new SecureRandom(),
                new Metrics(),
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    @Test
    void theFileIsItsOwnersAlone() throws IOException {
        assertThat(Files.getPosixFilePermissions(directory.resolve("relay.db")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Path file = directory.resolve("other.db");
        Files.writeString(file, "this is no database, however long one looks at it".repeat(50));
        assertThatThrownBy(() -> open(file)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesANewerSchema() throws Exception {
        Path file = directory.resolve("newer.db");
        open(file).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> open(file)).isInstanceOf(IOException.class).hasMessageContaining("99");
    }

    /// As the first version of the program made it. A step that fails, or a process that dies, leaves the file
    /// as it was.
    @Test
    void takesOverAsAWholeOrNotAtAll() throws Exception {
        Path file = directory.resolve("half.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : SCHEMA_1.split(";", -1)) {
                statement.execute(sql);
            }
            statement.execute("DROP TABLE log"); // found out after the table of devices has its new column
        }
        assertThatThrownBy(() -> open(file)).isInstanceOf(IOException.class);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "PRAGMA user_version")).isEqualTo(1);
            assertThat(number(statement, "SELECT count(*) FROM pragma_table_info('device') WHERE name = 'receives'"))
                    .isZero();
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.getInt(1);
        }
    }

    @Test
    void takesOverALogOfSchema1() throws Exception {
        Path file = directory.resolve("schema1.db");
        Identity bob = pki().client("bob@lab.example");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : SCHEMA_1.split(";", -1)) {
                statement.execute(sql);
            }
            try (var insert = connection.prepareStatement("INSERT INTO device VALUES (?, ?, NULL, ?, ?, 0, 0)")) {
                insert.setBytes(1, bob.deviceId().bytes());
                insert.setString(2, "bob@lab.example");
                insert.setBytes(3, ChainBlob.write(bob.chain()));
                insert.setLong(4, bob.chain().leaf().getNotAfter().toInstant().toEpochMilli());
                insert.execute();
            }
        }
        for (int opening = 1; opening <= 2; opening++) {
            try (ConversationLog log = open(file)) {
                assertThat(log.incarnation()).isEqualTo("0123456789abcdef");
                assertThat(log.device(bob.deviceId()).orElseThrow().chain()).isEqualTo(bob.chain());
            }
        }
        try (Sql sql = Database.open(file, new SecureRandom()).connect()) {
            assertThat(Receivers.of(sql, bob.address(), pki().now())).containsOnlyKeys(bob.deviceId());
        }
    }

    @Test
    void aFailedWriteIsReportedAndNothingIsAnswered() throws Exception {
        Path file = directory.resolve("failing.db");
        Database database = Database.open(file, new SecureRandom());
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        try (GroupCommit commits = new GroupCommit(
                database.connect(),
                new Storage(StorageShares.ofLogAlone(StorageBounds.DEFAULT), () -> Long.MAX_VALUE),
                new Remembered(),
                new Metrics(),
                failed::complete)) {
            assertThat(commits.submit(sql -> () -> answered.complete(null))).isTrue();
            answered.get(10, TimeUnit.SECONDS);

            CompletableFuture<Void> never = new CompletableFuture<>();
            commits.submit(sql -> {
                sql.update("INSERT INTO log VALUES ('half')");
                throw new SQLException("disk I/O error");
            });
            assertThat(failed.get(10, TimeUnit.SECONDS))
                    .as("the disk's doing")
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk I/O error");
            assertThat(commits.submit(sql -> () -> never.complete(null))).isFalse();
            assertThat(never).isNotDone();
        }
        try (Sql sql = database.connect()) {
            assertThat(sql.one("SELECT count(*) FROM log", row -> row.getInt(1)))
                    .contains(1);
        }
    }
}
