package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.frame.TranscriptHash;

/// Gives out the places of conversations: letters and membership entries have one order.
final class Places {

    /// @param transcript the conversation's hash up to and including this place
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Place(long sequence, byte[] transcript) {}

    private Places() {}

    static void open(Sql sql, ConversationId conversation) throws SQLException {
        sql.update("INSERT INTO conversation VALUES (?, 0, ?)", conversation.bytes(), TranscriptHash.start());
    }

    /// Takes the next place, for what has this hash.
    static Place next(Sql sql, ConversationId conversation, byte[] hash) throws SQLException {
        Place last = sql.one(
                        "SELECT head, transcript FROM conversation WHERE id = ?",
                        row -> new Place(row.getLong(1), row.getBytes(2)),
                        conversation.bytes())
                .orElseThrow();
        long sequence = last.sequence() + 1;
        byte[] transcript = TranscriptHash.next(last.transcript(), sequence, hash);
        sql.update(
                "UPDATE conversation SET head = ?, transcript = ? WHERE id = ?",
                sequence,
                transcript,
                conversation.bytes());
        return new Place(sequence, transcript);
    }
}
