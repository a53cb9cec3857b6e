package org.chancery.ca.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Appends to the record of acts, in the transaction of what they record, and reads it.
record ActTable(Connection connection) {
    private static final String ROW = "SELECT sequence, at, kind, subject, facts, hash FROM act ";

    void append(Instant at, Act act) throws SQLException {
        String facts = act.factText();
        Head head = next(head(), at, act, facts);
        String sql = "INSERT INTO act (sequence, at, kind, subject, facts, hash) VALUES (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, head.sequence());
            insert.setLong(2, at.getEpochSecond());
            insert.setString(3, act.kind());
            insert.setString(4, act.subject().orElse(null));
            insert.setString(5, facts);
            insert.setString(6, head.hash());
            insert.executeUpdate();
        }
    }

    /// @throws UnreadableRowException if the newest act ends in no hash to go on from
    private static Head next(Head last, Instant at, Act act, String facts) throws UnreadableRowException {
        try {
            return last.then(at, act.kind(), act.subject().orElse(""), facts);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRowException("act", e);
        }
    }

    /// The newest act.
    Head head() throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT sequence, hash FROM act ORDER BY sequence DESC LIMIT 1");
                ResultSet row = query.executeQuery()) {
            return row.next() ? new Head(row.getLong(1), row.getString(2)) : Head.NONE;
        }
    }

    /// The hash of one act; empty if there is none of that sequence.
    Optional<String> hash(long sequence) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT hash FROM act WHERE sequence = ?")) {
            query.setLong(1, sequence);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /// What is done with each act in turn.
    @FunctionalInterface
    interface Visitor {
        void see(RecordedAct act) throws SQLException;
    }

    /// Shows every act, oldest first: the record may be longer than memory.
    void forEach(Visitor visitor) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ROW + "ORDER BY sequence");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                visitor.see(act(row));
            }
        }
    }

    /// The newest acts, oldest first.
    ///
    /// @param since none that is older
    List<RecordedAct> newest(int limit, Instant since) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(ROW + "WHERE at >= ? ORDER BY sequence DESC LIMIT ?")) {
            query.setLong(1, since.getEpochSecond());
            query.setInt(2, limit);
            List<RecordedAct> acts = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    acts.add(act(row));
                }
            }
            return List.copyOf(acts.reversed());
        }
    }

    private static RecordedAct act(ResultSet row) throws SQLException {
        return new RecordedAct(
                row.getLong(1),
                time(row.getLong(2)),
                row.getString(3),
                Optional.ofNullable(row.getString(4)),
                row.getString(5),
                row.getString(6));
    }

    /// A time that no clock shows is the last, or the first, that an [Instant] can say: the hash tells.
    private static Instant time(long seconds) {
        return Instant.ofEpochSecond(Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    }
}
