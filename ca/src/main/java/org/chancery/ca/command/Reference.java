package org.chancery.ca.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chancery.ca.issuance.Authority;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.certificate.SerialNumber;

/// What a person points at: a serial number as our commands and `openssl` write it, or a file. A file of that
/// name wins.
sealed interface Reference {
    record Serial(SerialNumber number) implements Reference {}

    record File(Path path) implements Reference {}

    static Reference parse(String text) throws CommandException {
        if (Pattern.matches("[0-9a-fA-F:]{1,59}", text) && !Files.exists(Path.of(text))) {
            try {
                return new Serial(SerialNumber.parse(text));
            } catch (MalformedCertificateException e) {
                throw new CommandException(
                        ExitCode.USAGE, text + ": " + e.getMessage(), "serial numbers are listed by: ca list");
            }
        }
        try {
            Path path = Path.of(text);
            if (Files.exists(path)) {
                return new File(path);
            }
        } catch (InvalidPathException e) {
            // No file can be called so.
        }
        throw new CommandException(
                ExitCode.BAD_INPUT,
                "neither a serial number nor a file: " + text,
                text.contains("@") ? "find its serial number with: ca find --address " + text : "see: ca list");
    }

    /// The serial number meant. Of a file, its first certificate, which must be one that this authority
    /// issued, bit by bit: another authority's may have the same number.
    default SerialNumber serial(Authority authority) throws Exception {
        return switch (this) {
            case Serial(SerialNumber number) -> number;
            case File(Path path) -> {
                X509Certificate certificate =
                        InputFile.read(path).certificates().getFirst();
                SerialNumber number = SerialNumber.of(certificate);
                Optional<byte[]> ours = authority.ledger().certificateDer(number);
                if (ours.filter(der -> Arrays.equals(der, Certificates.der(certificate)))
                        .isEmpty()) {
                    throw new CommandException(
                            ExitCode.NO, path + " is no certificate of this authority", "see: ca list");
                }
                yield number;
            }
        };
    }
}
