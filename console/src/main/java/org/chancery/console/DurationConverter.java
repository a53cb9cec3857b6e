package org.chancery.console;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `90d`, `24h`, `30m`, `75s`, `500ms`: a number and its unit; `0s` for none.
public final class DurationConverter implements ITypeConverter<Duration> {
    /// Six digits of days are 2,700 years.
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,6})(d|h|m|s|ms)");

    /// For picocli.
    public DurationConverter() {}

    @Override
    public Duration convert(String text) {
        Matcher duration = SYNTAX.matcher(text);
        if (!duration.matches()) {
            throw new TypeConversionException("duration " + text + ", expected one like 90d, 24h, 75s or 500ms");
        }
        long amount = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMillis(amount);
        };
    }
}
