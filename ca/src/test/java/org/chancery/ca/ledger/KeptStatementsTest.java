package org.chancery.ca.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Statements that are lent again give what new ones would.
class KeptStatementsTest {
    private static final String VALUE = "SELECT ?";

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = KeptStatements.of(DriverManager.getConnection("jdbc:sqlite::memory:"));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void lendsNobodyWhatIsInUse() throws SQLException {
        try (PreparedStatement outer = connection.prepareStatement(VALUE)) {
            outer.setString(1, "outer");
            try (ResultSet row = outer.executeQuery()) {
                assertThat(row.next()).isTrue();
                try (PreparedStatement inner = connection.prepareStatement(VALUE)) {
                    inner.setString(1, "inner");
                    assertThat(answer(inner)).isEqualTo("inner");
                }
                assertThat(row.getString(1)).isEqualTo("outer");
            }
        }
    }

    @Test
    void standsInNobodysWayAfterAQueryThatWasNotReadToItsEnd() throws SQLException {
        Database.execute(connection, "CREATE TABLE t (x)");
        Database.execute(connection, "INSERT INTO t VALUES (1), (2)");
        try (PreparedStatement query = connection.prepareStatement("SELECT x FROM t");
                ResultSet row = query.executeQuery()) {
            assertThat(row.next()).isTrue();
        }
        Database.execute(connection, "DROP TABLE t"); // refused while a query is under way

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> Database.execute(connection, "DROP TABLE t"))
                .withMessageContaining("no such table");
    }

    private static String answer(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
