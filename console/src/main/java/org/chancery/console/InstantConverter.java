package org.chancery.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// ISO 8601: `2026-11-22T10:31:07Z`, or `2026-11-22` for the beginning of that day in UTC.
public final class InstantConverter implements ITypeConverter<Instant> {
    private static final int DATE = "2026-11-22".length();

    /// For picocli.
    public InstantConverter() {}

    @Override
    public Instant convert(String text) {
        try {
            return text.length() == DATE
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "time " + text + ", expected one like 2026-11-22T10:31:07Z or 2026-11-22");
        }
    }
}
