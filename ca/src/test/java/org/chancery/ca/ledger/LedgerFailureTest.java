package org.chancery.ca.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What people are told when the disk, the file system or somebody else's hand is in the way.
class LedgerFailureTest {
    private static final Path FILE = Path.of("/home/ca/ledger.db");

    @TempDir
    Path directory;

    private Ledger ledger;

    @BeforeEach
    void create() throws Exception {
        ledger = Ledger.create(directory.resolve("ledger.db"), Clock.fixed(Sample.NOW, ZoneOffset.UTC));
        Sample.alice(1, "laptop").issue(ledger);
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = SQLiteErrorCode.class,
            names = {
                "SQLITE_FULL",
                "SQLITE_READONLY",
                "SQLITE_READONLY_CANTLOCK",
                "SQLITE_CANTOPEN",
                "SQLITE_IOERR",
                "SQLITE_IOERR_FSYNC",
                "SQLITE_CORRUPT",
                "SQLITE_NOTADB",
                "SQLITE_BUSY",
                "SQLITE_BUSY_SNAPSHOT",
                "SQLITE_CONSTRAINT",
                "SQLITE_CONSTRAINT_UNIQUE",
                "SQLITE_NOMEM"
            })
    void saysInPlainWordsWhatSqliteSaysInItsOwn(SQLiteErrorCode code) {
        LedgerException failure = FailureWords.of(FILE, new SQLiteException("in SQLite's words", code));

        assertThat(failure.getMessage())
                .contains(FILE.toString())
                .doesNotContain("SQL")
                .doesNotContain(code.message);
        assertThat(failure.failure()).isEqualTo(expected(code));
    }

    private static LedgerFailure expected(SQLiteErrorCode code) {
        return switch (code) {
            case SQLITE_FULL -> LedgerFailure.FULL;
            case SQLITE_READONLY, SQLITE_READONLY_CANTLOCK, SQLITE_CANTOPEN -> LedgerFailure.READ_ONLY;
            case SQLITE_IOERR, SQLITE_IOERR_FSYNC -> LedgerFailure.DISK;
            case SQLITE_CORRUPT -> LedgerFailure.DAMAGED;
            case SQLITE_NOTADB -> LedgerFailure.NOT_A_LEDGER;
            case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT -> LedgerFailure.BUSY;
            case SQLITE_CONSTRAINT, SQLITE_CONSTRAINT_UNIQUE -> LedgerFailure.CONTRADICTION;
            default -> LedgerFailure.FAILED;
        };
    }

    @Test
    @Defends(Threat.ISSUED_BUT_NOT_RECORDED)
    void recordsNothingWhereTheHeadCannotBeWritten() throws Exception {
        Files.delete(directory.resolve("audit.head"));
        Files.createDirectory(directory.resolve("audit.head"));

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> Sample.alice(2, "laptop").intend(ledger))
                .withMessageContaining("audit.head");
        assertThat(ledger.find(Sample.serial(2))).isEmpty();
    }

    @Test
    void aRowThatThisProgramNeverWroteIsADamagedLedger() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
                var statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER certificate_never_update");
            statement.execute("UPDATE certificate SET device = 'none'");
        }

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.entries())
                .withCauseInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(LedgerFailure.DAMAGED));
    }
}
