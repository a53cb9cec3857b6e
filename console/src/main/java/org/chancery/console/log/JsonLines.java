package org.chancery.console.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.List;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.JsonObject;

/// A JSON document an event, each on a line of its own, for machines: `time`, `level`, `logger`, `thread` where
/// it has a name, `message`, and `trace` where something was thrown.
public final class JsonLines extends LayoutBase<ILoggingEvent> {
    /// For logback, which makes it by name.
    public JsonLines() {}

    @Override
    public String doLayout(ILoggingEvent event) {
        JsonObject line = Json.object()
                .put("time", Moment.of(event))
                .put("level", event.getLevel().toString())
                .put("logger", event.getLoggerName());
        if (!event.getThreadName().isEmpty()) {
            line.put("thread", event.getThreadName());
        }
        line.put("message", event.getFormattedMessage());
        List<String> trace = Trace.of(event.getThrowableProxy());
        if (!trace.isEmpty()) {
            JsonArray lines = Json.array();
            trace.forEach(lines::add);
            line.put("trace", lines);
        }
        return line.text() + "\n";
    }
}
