package org.chancery.client.terminal;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.chancery.client.chat.Message;
import org.chancery.client.engine.Search;
import org.chancery.console.Printable;

/// A message that was found, on one line: its number, when, where, who, and the line of it that has the words.
public final class FoundLines {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private final ZoneId zone;
    private final Search search;

    public FoundLines(ZoneId zone, Search search) {
        this.zone = zone;
        this.search = search;
    }

    /// The line of a message that was found.
    ///
    /// @param title of the conversation
    public String of(Message message, String title) {
        String where = message.with().map(with -> "with " + with).orElse("in " + Printable.of(title));
        return "#" + message.id() + "  " + WHEN.format(message.sentAt().atZone(zone)) + "  " + where + "  "
                + message.from() + ": " + Printable.of(search.line(message));
    }
}
