package org.chancery.console.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.ArrayList;
import java.util.List;
import org.chancery.console.Printable;
import org.jspecify.annotations.Nullable;

/// A stack trace in lines. Messages of exceptions may hold what strangers wrote.
final class Trace {
    /// An exception that is its own cause's cause has no end.
    private static final int MAX_CAUSES = 16;

    private Trace() {}

    /// @param thrown null for nothing
    static List<String> of(@Nullable IThrowableProxy thrown) {
        List<String> lines = new ArrayList<>();
        IThrowableProxy next = thrown;
        for (int i = 0; next != null && i < MAX_CAUSES; i++) {
            lines.add((i == 0 ? "" : "Caused by: ") + headline(next));
            StackTraceElementProxy[] frames = next.getStackTraceElementProxyArray();
            int own = frames.length - next.getCommonFrames();
            for (int frame = 0; frame < own; frame++) {
                lines.add("\t" + Printable.of(frames[frame].getSTEAsString()));
            }
            if (next.getCommonFrames() > 0) {
                lines.add("\t... " + next.getCommonFrames() + " more");
            }
            next = next.getCause();
        }
        return lines;
    }

    private static String headline(IThrowableProxy thrown) {
        String message = thrown.getMessage();
        return Printable.of(message == null ? thrown.getClassName() : thrown.getClassName() + ": " + message);
    }
}
