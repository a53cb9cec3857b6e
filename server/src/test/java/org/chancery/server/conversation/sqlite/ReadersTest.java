package org.chancery.server.conversation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import org.chancery.pki.envelope.ConversationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {

    private static final ConversationId ANY = ConversationId.ofBytes(new byte[32]);

    @TempDir
    private Path directory;

    @Test
    void theQueriesOfOneReadSeeOneState() throws Exception {
        Database database = Database.open(directory.resolve("relay.db"), new SecureRandom());
        try (Sql writer = database.connect();
                Readers readers = new Readers(database, 1)) {
            int between = readers.read(sql -> {
                assertThat(conversations(sql)).isZero();
                Places.open(writer, ANY);
                writer.commit();
                return conversations(sql);
            });
            assertThat(between).isZero();
            assertThat(readers.read(ReadersTest::conversations))
                    .as("the next read")
                    .isEqualTo(1);
        }
    }

    private static int conversations(Sql sql) throws SQLException {
        return sql.one("SELECT count(*) FROM conversation", row -> row.getInt(1))
                .orElseThrow();
    }
}
