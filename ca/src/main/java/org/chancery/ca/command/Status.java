package org.chancery.ca.command;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chancery.ca.ledger.LedgerEntry;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How a certificate stands at an instant. Revoked is revoked, expired or not.
enum Status {
    VALID,
    REVOKED,
    EXPIRED,
    /// Recorded before it was signed, and never heard of again.
    INTENDED;

    static Status of(LedgerEntry entry, Instant now) {
        return switch (entry) {
            case LedgerEntry.Revoked _ -> REVOKED;
            case LedgerEntry.Intended _ -> INTENDED;
            case LedgerEntry.Issued(var particulars) ->
                now.isAfter(particulars.validity().notAfter()) ? EXPIRED : VALID;
        };
    }

    String cliName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the name.
    static final class Converter implements ITypeConverter<Status> {
        @Override
        public Status convert(String text) {
            return Arrays.stream(values())
                    .filter(status -> status.cliName().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("status " + text + ", known are "
                            + Arrays.stream(values()).map(Status::cliName).collect(Collectors.joining(", "))));
        }
    }
}
