package org.chancery.ca.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `90d`, `24h`, `30m`: a number and its unit.
final class DurationConverter implements ITypeConverter<Duration> {
    /// Six digits of days are 2,700 years.
    private static final Pattern SYNTAX = Pattern.compile("([1-9][0-9]{0,5})([dhm])");

    @Override
    public Duration convert(String text) {
        Matcher duration = SYNTAX.matcher(text);
        if (!duration.matches()) {
            throw new TypeConversionException("duration " + text + ", expected one like 90d, 24h or 30m");
        }
        long amount = Long.parseLong(duration.group(1));
        return switch (duration.group(2)) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
