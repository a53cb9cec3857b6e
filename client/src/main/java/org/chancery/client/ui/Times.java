package org.chancery.client.ui;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Instants as people say them, seen from the clock's now and zone.
final class Times {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH);
    private static final DateTimeFormatter FULL_WEEKDAY = DateTimeFormatter.ofPattern("EEEE", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_YEAR = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final int WEEK = 7;

    private final Clock clock;

    Times(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, zone());
    }

    /// `10:41`.
    String time(Instant instant) {
        return TIME.withZone(zone()).format(instant);
    }

    /// For a list: `10:41` today, `Mon` within the week, else `3 Mar` or `3 March 2025`.
    String brief(Instant instant) {
        LocalDate day = day(instant);
        long days = day.until(today(), ChronoUnit.DAYS);
        if (days <= 0) {
            return time(instant);
        }
        if (days < WEEK) {
            return WEEKDAY.format(day);
        }
        return sameYear(day) ? SHORT_DAY.format(day) : DAY_AND_YEAR.format(day);
    }

    /// For a line between days: `Today`, `Yesterday`, `Monday`, else the date.
    String dayName(LocalDate day) {
        long days = day.until(today(), ChronoUnit.DAYS);
        if (days == 0) {
            return "Today";
        }
        if (days == 1) {
            return "Yesterday";
        }
        return days > 1 && days < WEEK ? FULL_WEEKDAY.format(day) : date(day);
    }

    /// `12 June`, with the year when it is not this one.
    String date(Instant instant) {
        return date(day(instant));
    }

    /// How long until `instant`, at least a second: `8 s`, `4 min`.
    String until(Instant instant) {
        long seconds = Math.max(1, Duration.between(now(), instant).toSeconds());
        return seconds < 100 ? seconds + " s" : (seconds + 59) / 60 + " min";
    }

    private String date(LocalDate day) {
        return (sameYear(day) ? DAY : DAY_AND_YEAR).format(day);
    }

    private boolean sameYear(LocalDate day) {
        return day.getYear() == today().getYear();
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private ZoneId zone() {
        return clock.getZone();
    }
}
