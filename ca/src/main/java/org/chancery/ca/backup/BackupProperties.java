package org.chancery.ca.backup;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import org.chancery.ca.ledger.Head;

/// What a copy says of itself, in `backup.properties`.
///
/// @param head the newest act in its ledger
record BackupProperties(Instant madeAt, Head head) {
    static final String FILE = "backup.properties";

    private static final String FORMAT = "1";

    void write(Path file) throws IOException {
        Files.writeString(
                file,
                "format=" + FORMAT + "\nmade-at=" + madeAt + "\nhead-sequence=" + head.sequence() + "\nhead-hash="
                        + head.hash() + "\n");
    }

    static BackupProperties read(Path file) throws IOException, BackupException {
        if (!Files.exists(file)) {
            throw new BackupException(BackupFailure.MALFORMED, "a copy without " + FILE);
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            if (!FORMAT.equals(properties.getProperty("format"))) {
                throw new BackupException(BackupFailure.MALFORMED, "a copy of another format than " + FORMAT);
            }
            return new BackupProperties(
                    Instant.parse(properties.getProperty("made-at", "")),
                    new Head(
                            Long.parseLong(properties.getProperty("head-sequence", "")),
                            properties.getProperty("head-hash", "")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BackupException(BackupFailure.MALFORMED, FILE + " is not as ca backup writes it", e);
        }
    }
}
