package org.chancery.console.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import org.chancery.console.Printable;

/// A line an event, for people: time in UTC, level, who says it, what. A stack trace follows in lines that begin with
/// `| `, so that no line that begins with a time is anybody's but ours.
public final class PlainLines extends LayoutBase<ILoggingEvent> {
    /// For logback, which makes it by name.
    public PlainLines() {}

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(128);
        line.append(Moment.of(event))
                .append(' ')
                .append("%-5s".formatted(event.getLevel()))
                .append(' ')
                .append(lastName(event.getLoggerName()))
                .append(' ')
                .append(Printable.of(event.getFormattedMessage()))
                .append('\n');
        for (String trace : Trace.of(event.getThrowableProxy())) {
            line.append("| ").append(trace).append('\n');
        }
        return line.toString();
    }

    private static String lastName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
