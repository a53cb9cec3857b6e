package org.chancery.client.store;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.pki.keystore.Passphrase;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

/// A store as [MessageStore#open] opens it, but for the lock, whose database counts the transactions that are
/// committed: each is an fsync.
public final class CountedStore {
    private final MessageStore store;
    private final SQLiteConnection connection;
    private final AtomicInteger commits = new AtomicInteger();

    private CountedStore(MessageStore store, SQLiteConnection connection) {
        this.store = store;
        this.connection = connection;
        connection.addCommitListener(new SQLiteCommitListener() {
            @Override
            public void onCommit() {
                commits.incrementAndGet();
            }

            @Override
            public void onRollback() {}
        });
    }

    public static CountedStore open(StoreLocation location) throws IOException, SQLException {
        Files.createDirectories(location.directory());
        SecureRandom random = new SecureRandom();
        RecordCipher cipher = StoreKey.open(location.key(), Passphrase.none(), random);
        Connection connection = StoreDatabase.connect(location.database());
        return new CountedStore(
                new MessageStore(() -> {}, connection, cipher), connection.unwrap(SQLiteConnection.class));
    }

    public MessageStore store() {
        return store;
    }

    /// The disk has no more room, from the next page on that is needed.
    public void fill() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = 1"); // no less than there are
        }
    }

    /// Transactions so far.
    public int commits() {
        return commits.get();
    }
}
