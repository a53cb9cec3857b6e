package org.chancery.server.conversation.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// The connections that read, lent for one read at a time.
final class Readers implements AutoCloseable {

    interface Read<T> {
        T from(Sql sql) throws SQLException;
    }

    private final int count;
    private final BlockingQueue<Sql> idle;

    Readers(Database database, int count) throws SQLException {
        this.count = count;
        idle = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            Sql sql = database.connectReading();
            sql.together();
            idle.add(sql);
        }
    }

    /// Waits for a connection; queries are short. All queries of a read see what was committed when the first of them
    /// began: a page is put together of several, and what is committed in between must not be there in half.
    <T> T read(Read<T> query) throws IOException {
        Sql sql;
        try {
            sql = idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting to read the log", e);
        }
        try {
            try {
                return query.from(sql);
            } finally {
                sql.commit();
            }
        } catch (SQLException e) {
            throw new IOException("cannot read the log: " + e.getMessage(), e);
        } finally {
            idle.add(sql);
        }
    }

    /// Waits for the queries under way. Who asks later is told that it is closed.
    @Override
    public void close() throws SQLException {
        boolean interrupted = false;
        List<Sql> closed = new ArrayList<>();
        while (closed.size() < count) {
            try {
                Sql sql = idle.take();
                closed.add(sql);
                sql.close();
            } catch (InterruptedException e) {
                interrupted = true; // a connection that is closed while it reads takes the process with it
            }
        }
        idle.addAll(closed);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
