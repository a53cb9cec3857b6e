package org.chancery.client.terminal;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.Remarked;
import org.chancery.client.transfer.FileNames;
import org.chancery.console.Printable;
import org.chancery.protocol.content.Body;

/// Messages as lines for people: `bob@lab.example 10:31  text`.
public final class PlainLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final ZoneId zone;

    public PlainLines(ZoneId zone) {
        this.zone = zone;
    }

    /// At least one line. What somebody wrote on several lines has its sender before each, so that none of them can
    /// look like another's; what is no message has a `*` in front, which no message has.
    public List<String> of(Message message) {
        String head = message.from() + " " + TIME.format(message.sentAt().atZone(zone)) + "  ";
        if (message.state() == MessageState.NOTE) {
            return List.of("* " + TIME.format(message.sentAt().atZone(zone)) + "  " + Printable.of(message.text()));
        }
        if (message.state() == MessageState.FAILED) {
            String about = message.text().isEmpty() ? "" : Printable.of(message.text()) + ": ";
            return List.of("* " + head + about + Printable.of(message.failure().orElse("")));
        }
        if (!message.isShown() || message.body().isEmpty()) {
            return List.of("* " + head + Printable.of(message.text()));
        }
        List<String> lines = new ArrayList<>();
        Remarked.before(message).ifPresent(words -> lines.add("* " + head + Printable.of(words)));
        if (message.body().get() instanceof Body.File file) {
            lines.add(head + fileLine(file, message.id()));
            file.text().lines().map(line -> head + Printable.of(line)).forEach(lines::add);
        } else {
            message.text().lines().map(line -> head + Printable.of(line)).forEach(lines::add);
        }
        List<String> after = Remarked.after(message);
        if (!after.isEmpty()) {
            lines.add("* " + head + Printable.of(String.join("; ", after)));
        }
        return lines;
    }

    /// A name that somebody else has chosen is shown as it would be written.
    private static String fileLine(Body.File file, long message) {
        return "[file " + message + "] " + FileNames.safe(file.name()) + ", "
                + FileSizes.of(file.shape().length());
    }

    /// One line with the number by which a message is named here.
    public String numbered(Message message) {
        String words = message.failure().orElse(message.text());
        String first = words.lines().findFirst().orElse("");
        return "* #" + message.id() + " " + message.from() + " "
                + TIME.format(message.sentAt().atZone(zone)) + "  " + Printable.of(first);
    }
}
