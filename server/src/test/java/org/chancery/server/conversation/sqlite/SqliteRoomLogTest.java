package org.chancery.server.conversation.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.chancery.pki.testing.TestPki;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.RoomLogContract;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.metrics.Metrics;
import org.junit.jupiter.api.io.TempDir;

class SqliteRoomLogTest extends RoomLogContract {

    @TempDir
    private Path directory;

    @Override
    protected ConversationLog open(TestPki time) throws IOException {
        return SqliteConversationLog.open(
                directory.resolve("relay.db"),
                StorageShares.ofLogAlone(StorageBounds.DEFAULT),
                time.clock(),
                new SecureRandom(),
                new Metrics(),
                failure -> {
                    throw new AssertionError(failure);
                });
    }
}
