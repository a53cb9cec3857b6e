package org.chancery.ca.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets everybody who wants to write at the same time share one transaction and one fsync.
///
/// Whoever comes says what it wants and asks for the lock. Whoever gets the lock does the work of all that are
/// waiting by then, each within a savepoint of its own, and commits; the others find theirs done when the lock
/// comes to them. Nobody returns before the commit that holds its work. What one of them refuses fails that
/// one alone; a commit that fails, fails them all.
final class GroupCommit {
    private final Connection connection;
    private final AuditHead auditHead;
    private final ConcurrentLinkedQueue<Member<?, ?>> waiting = new ConcurrentLinkedQueue<>();
    /// Held by the one thread that uses the connection.
    private final ReentrantLock turn = new ReentrantLock();

    GroupCommit(Connection connection, AuditHead auditHead) {
        this.connection = connection;
        this.auditHead = auditHead;
    }

    /// Runs the work in a transaction of its own or of a group.
    ///
    /// @param despiteHead even if the record contradicts `audit.head`: only for who puts that right
    /// @throws E what the work throws; it left no trace
    /// @throws SQLException if it failed, or the commit did
    <T, E extends Exception> T run(Database.Work<T, E> work, boolean despiteHead) throws SQLException, IOException, E {
        Member<T, E> member = new Member<>(work, despiteHead);
        waiting.add(member);
        turn.lock();
        try {
            if (!member.isDone()) {
                commit(everybodyWaiting());
            }
        } finally {
            turn.unlock();
        }
        return member.result();
    }

    void close() throws SQLException {
        turn.lock();
        try {
            connection.close();
        } finally {
            turn.unlock();
        }
    }

    private List<Member<?, ?>> everybodyWaiting() {
        List<Member<?, ?>> group = new ArrayList<>();
        for (Member<?, ?> member = waiting.poll(); member != null; member = waiting.poll()) {
            group.add(member);
        }
        return group;
    }

    private void commit(List<Member<?, ?>> group) {
        boolean over = false;
        try {
            transact(group);
            over = true;
        } catch (SQLException | IOException e) {
            group.forEach(member -> member.fail(e));
            over = true;
        } finally {
            if (!over) {
                // An error of the machine, on its way up this thread; nobody else may wait for ever.
                group.forEach(member -> member.fail(new SQLException("the thread that was to commit died")));
            }
        }
    }

    private void transact(List<Member<?, ?>> group) throws SQLException, IOException {
        boolean committed = false;
        execute("BEGIN IMMEDIATE");
        try {
            if (!group.stream().allMatch(member -> member.despiteHead)) {
                auditHead.require(connection);
            }
            ActTable acts = new ActTable(connection);
            Head before = acts.head();
            for (Member<?, ?> member : group) {
                member.work(connection);
            }
            Head after = acts.head();
            try (AuditHead.Pen pen = auditHead.pen()) {
                execute("COMMIT");
                committed = true;
                if (!after.equals(before)) {
                    name(after, pen);
                }
            }
        } catch (IOException e) {
            if (committed) {
                throw new LedgerException(
                        LedgerFailure.HEAD_BEHIND, "recorded, but audit.head was not renewed: " + e.getMessage(), e);
            }
            throw e;
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    /// Another process may have committed after us and named its head before us. Whoever names one last looks
    /// last too, so the newest head stays.
    private void name(Head head, AuditHead.Pen pen) throws SQLException, IOException {
        pen.write(head);
        Head last = new ActTable(connection).head();
        if (!last.equals(head) && auditHead.isBehind(last)) {
            name(last, pen);
        }
    }

    /// SQLite rolls back by itself after some failures (a full disk, an I/O error) and then refuses to do it
    /// again: the failure under way says what happened, this one would only hide it.
    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            return;
        }
    }

    private void execute(String sql) throws SQLException {
        Database.execute(connection, sql);
    }

    /// One caller's work and what became of it: written by the thread that commits, read by its own, with the
    /// lock in between.
    private static final class Member<T, E extends Exception> {
        private final Database.Work<T, E> work;
        private final boolean despiteHead;
        private @Nullable Outcome<T> outcome;

        private Member(Database.Work<T, E> work, boolean despiteHead) {
            this.work = work;
            this.despiteHead = despiteHead;
        }

        /// Does the work, or takes back what it did before it failed.
        ///
        /// @throws SQLException if that cannot be taken back: the whole transaction is gone
        private void work(Connection connection) throws SQLException {
            Database.execute(connection, "SAVEPOINT member");
            try {
                outcome = new Outcome.Done<>(work.in(connection));
            } catch (Exception e) {
                takeBack(connection, e);
                outcome = new Outcome.Failed<>(e);
            }
            Database.execute(connection, "RELEASE member");
        }

        private static void takeBack(Connection connection, Exception cause) throws SQLException {
            try {
                Database.execute(connection, "ROLLBACK TO member");
            } catch (SQLException gone) {
                throw cause instanceof SQLException first ? first : gone;
            }
        }

        private void fail(Exception e) {
            outcome = new Outcome.Failed<>(e);
        }

        private boolean isDone() {
            return outcome != null;
        }

        @SuppressWarnings("unchecked") // what the work throws is declared, unchecked or an E
        private T result() throws SQLException, IOException, E {
            return switch (Objects.requireNonNull(outcome)) {
                case Outcome.Done<T>(T value) -> value;
                case Outcome.Failed<T>(SQLException e) -> throw e;
                case Outcome.Failed<T>(IOException e) -> throw e;
                case Outcome.Failed<T>(Exception e) -> throw (E) e;
            };
        }
    }

    private sealed interface Outcome<T> {
        record Done<T>(T value) implements Outcome<T> {}

        record Failed<T>(Exception failure) implements Outcome<T> {}
    }
}
