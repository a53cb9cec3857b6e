package org.chancery.pki.seeded;

import java.sql.Connection;
import java.sql.SQLException;

/// JDBC outside a store, and in a visible signature.
public final class KeepsADatabase {
    public void close(Connection connection) throws SQLException {
        connection.close();
    }
}
