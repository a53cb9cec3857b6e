package org.chancery.server.conversation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.ConversationLogContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteConversationLogTest extends ConversationLogContract {

    @TempDir
    private Path directory;

    @Override
    protected ConversationLog open() throws IOException {
        return open(directory.resolve("relay.db"));
    }

    private ConversationLog open(Path file) throws IOException {
        return SqliteConversationLog.open(file, pki().clock(), new SecureRandom(), failure -> {
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

    @Test
    void aFailedWriteIsReportedAndNothingIsAnswered() throws Exception {
        Path file = directory.resolve("failing.db");
        Database database = Database.open(file, new SecureRandom());
        CompletableFuture<Throwable> failed = new CompletableFuture<>();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        try (GroupCommit commits = new GroupCommit(database.connect(), failed::complete)) {
            assertThat(commits.submit(sql -> () -> answered.complete(null))).isTrue();
            answered.get(10, TimeUnit.SECONDS);

            CompletableFuture<Void> never = new CompletableFuture<>();
            commits.submit(sql -> {
                sql.update("INSERT INTO log VALUES ('half')");
                throw new SQLException("disk I/O error");
            });
            assertThat(failed.get(10, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
            assertThat(commits.submit(sql -> () -> never.complete(null))).isFalse();
            assertThat(never).isNotDone();
        }
        try (Sql sql = database.connect()) {
            assertThat(sql.one("SELECT count(*) FROM log", row -> row.getInt(1)))
                    .contains(1);
        }
    }
}
