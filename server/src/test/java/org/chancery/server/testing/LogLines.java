package org.chancery.server.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// What our code logs while this is open, each line with its level in front.
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.chancery");
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private LogLines() {}

    public static LogLines open() {
        LogLines lines = new LogLines();
        lines.setContext(lines.logger.getLoggerContext());
        lines.start();
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getLevel() + " " + event.getFormattedMessage());
    }

    /// The next line that has all of these in it; what comes before it is gone.
    public String await(String... parts) throws InterruptedException {
        List<String> others = new ArrayList<>();
        while (true) {
            String line = lines.poll(20, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line with " + List.of(parts) + ", only " + others);
            }
            if (List.of(parts).stream().allMatch(line::contains)) {
                return line;
            }
            others.add(line);
        }
    }

    /// What was logged so far and not awaited.
    public List<String> drain() {
        List<String> all = new ArrayList<>();
        lines.drainTo(all);
        return all;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
