package org.chancery.ca.ledger;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What a failure of SQLite or of the file system means, in words for people: SQLite's own never reach them.
final class FailureWords {
    private FailureWords() {}

    static LedgerException of(Path file, Exception e) {
        return switch (e) {
            case LedgerException known -> known;
            case SQLiteException sqlite -> of(file, sqlite);
            case UnreadableRowException row ->
                new LedgerException(LedgerFailure.DAMAGED, file + ": " + row.getMessage(), row);
            case SQLException slip -> new LedgerException(LedgerFailure.FAILED, file + ": " + slip.getMessage(), slip);
            case FileSystemException there ->
                new LedgerException(LedgerFailure.DISK, "cannot write " + there.getMessage(), there);
            case IOException io -> new LedgerException(LedgerFailure.FAILED, String.valueOf(io.getMessage()), io);
            default -> new LedgerException(LedgerFailure.FAILED, file + ": " + e.getMessage(), e);
        };
    }

    private static LedgerException of(Path file, SQLiteException e) {
        // The low octet is the primary result code (https://sqlite.org/rescode.html), the rest tells its variants
        // apart.
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
        return switch (code) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new LedgerException(LedgerFailure.BUSY, file + " is in use by another process", e);
            case SQLITE_FULL ->
                new LedgerException(LedgerFailure.FULL, "the disk is full: " + file + " takes nothing more", e);
            case SQLITE_READONLY, SQLITE_PERM ->
                new LedgerException(LedgerFailure.READ_ONLY, file + " cannot be written", e);
            case SQLITE_CANTOPEN ->
                new LedgerException(LedgerFailure.READ_ONLY, file + " and what belongs to it cannot be opened", e);
            // A full disk is met here too, when a file that all processes share has to grow.
            case SQLITE_IOERR ->
                new LedgerException(
                        LedgerFailure.DISK, "the disk is full or failing: " + file + " cannot be read or written", e);
            case SQLITE_CORRUPT -> new LedgerException(LedgerFailure.DAMAGED, file + " is damaged", e);
            case SQLITE_NOTADB -> new LedgerException(LedgerFailure.NOT_A_LEDGER, file + " is not a ledger", e);
            case SQLITE_CONSTRAINT ->
                new LedgerException(
                        LedgerFailure.CONTRADICTION, "what was to be recorded contradicts what " + file + " holds", e);
            default -> new LedgerException(LedgerFailure.FAILED, file + " could not be used", e);
        };
    }
}
