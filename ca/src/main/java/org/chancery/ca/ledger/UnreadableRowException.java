package org.chancery.ca.ledger;

import java.sql.SQLException;

/// A row holds what this program never writes: somebody else did, or the file is damaged.
final class UnreadableRowException extends SQLException {
    private static final long serialVersionUID = 1L;

    UnreadableRowException(String table, Exception cause) {
        super("a row of the table " + table + " is none that this program wrote", cause);
    }
}
