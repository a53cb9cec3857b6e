package org.chancery.ca.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Lets everybody who wants to write at the same time share one transaction and one fsync.
///
/// Whoever comes queues up and waits. One thread owns the connection: it does the work of all that are waiting by
/// then, each within a savepoint of its own, commits, and tells them all at once. Nobody returns before the commit that
/// holds its work. What one of them refuses fails that one alone; a commit that fails, fails them all.
///
/// The owner is a thread and not a lock that goes round: whoever is passed a lock waits for a processor first, and
/// where all of them are busy signing, those waits were most of what a commit took.
final class GroupCommit {
    private final Connection connection;
    private final AuditHead auditHead;
    private final ConcurrentLinkedQueue<Member<?, ?>> waiting = new ConcurrentLinkedQueue<>();
    /// The one thread that uses the connection.
    private final ExecutorService owner = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("ledger").daemon().factory());

    /// @param connection given away
    GroupCommit(Connection connection, AuditHead auditHead) {
        this.connection = connection;
        this.auditHead = auditHead;
    }

    /// Runs the work in a transaction of its own or of a group. Waits for it also when interrupted: it may happen all
    /// the same.
    ///
    /// @param despiteHead even if the record contradicts `audit.head`: only for who puts that right
    /// @throws E what the work throws; it left no trace
    /// @throws SQLException if it failed, or the commit did
    <T, E extends Exception> T run(Database.Work<T, E> work, boolean despiteHead) throws SQLException, IOException, E {
        Member<T, E> member = new Member<>(work, despiteHead);
        waiting.add(member);
        try {
            owner.execute(() -> commit(everybodyWaiting()));
        } catch (RejectedExecutionException closed) {
            if (waiting.remove(member)) {
                throw new SQLException("the ledger is closed", closed);
            }
        }
        return member.result();
    }

    /// Lets those finish who are waiting, then closes the connection.
    void close() throws SQLException {
        CompletableFuture<Optional<SQLException>> closing = new CompletableFuture<>();
        try {
            owner.execute(() -> closing.complete(closed()));
        } catch (RejectedExecutionException closedBefore) {
            return;
        }
        owner.shutdown();
        Optional<SQLException> failure = closing.join();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private Optional<SQLException> closed() {
        try {
            connection.close();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    private List<Member<?, ?>> everybodyWaiting() {
        List<Member<?, ?>> group = new ArrayList<>();
        for (Member<?, ?> member = waiting.poll(); member != null; member = waiting.poll()) {
            group.add(member);
        }
        return group;
    }

    /// @param group nobody, where an earlier turn has done their work
    private void commit(List<Member<?, ?>> group) {
        if (group.isEmpty()) {
            return;
        }
        Exception failure = new SQLException("the thread that was to commit died"); // if an error of the machine comes
        try {
            transact(group);
            group.forEach(Member::tell);
            return;
        } catch (SQLException | IOException e) {
            failure = e;
        } finally {
            Exception why = failure;
            group.forEach(member -> member.fail(why));
        }
    }

    private void transact(List<Member<?, ?>> group) throws SQLException, IOException {
        boolean committed = false;
        execute("BEGIN IMMEDIATE");
        try {
            ActTable acts = new ActTable(connection);
            Head before = acts.head();
            if (!group.stream().allMatch(member -> member.despiteHead)) {
                auditHead.require(connection, before);
            }
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

    /// One caller's work and what became of it.
    private static final class Member<T, E extends Exception> {
        private final Database.Work<T, E> work;
        private final boolean despiteHead;
        private final CompletableFuture<Outcome<T>> told = new CompletableFuture<>();
        /// What the owner has done of it and not yet committed.
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

        /// After the commit.
        private void tell() {
            told.complete(Objects.requireNonNull(outcome));
        }

        /// Instead, unless it was told before.
        private void fail(Exception e) {
            told.complete(new Outcome.Failed<>(e));
        }

        @SuppressWarnings("unchecked") // what the work throws is declared, unchecked or an E
        private T result() throws SQLException, IOException, E {
            return switch (told.join()) {
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
