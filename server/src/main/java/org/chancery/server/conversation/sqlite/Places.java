package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.frame.TranscriptHash;

/// Gives out the places of conversations: letters and membership entries have one order.
final class Places {

    /// @param transcript the conversation's hash up to and including this place
    record Place(long sequence, Digest transcript) {}

    private Places() {}

    static void open(Sql sql, ConversationId conversation) throws SQLException {
        sql.update("INSERT INTO conversation VALUES (?, 0, ?)", conversation.bytes(), Digest.NONE);
    }

    /// Takes the next place, for what has this hash.
    static Place next(Sql sql, ConversationId conversation, Digest hash) throws SQLException {
        Place last = sql.one(
                        "SELECT head, transcript FROM conversation WHERE id = ?",
                        row -> new Place(row.getLong(1), Sql.digest(row, 2)),
                        conversation.bytes())
                .orElseThrow();
        long sequence = last.sequence() + 1;
        Digest transcript = TranscriptHash.next(last.transcript(), sequence, hash);
        sql.update(
                "UPDATE conversation SET head = ?, transcript = ? WHERE id = ?",
                sequence,
                transcript,
                conversation.bytes());
        return new Place(sequence, transcript);
    }
}
