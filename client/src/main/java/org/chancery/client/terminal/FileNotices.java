package org.chancery.client.terminal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.FileTransfer;
import org.chancery.client.store.Party;
import org.chancery.client.transfer.FileNames;

/// Files in the terminal: what is asked for by `/send`, `/save` and `/cancel`, and what becomes of it.
final class FileNotices {
    private final Consumer<Command> engine;
    private final Consumer<String> notice;
    private final Unsent unsent;

    FileNotices(Consumer<Command> engine, Consumer<String> notice, Unsent unsent) {
        this.engine = engine;
        this.notice = notice;
        this.unsent = unsent;
    }

    /// Whether the line is one of the three; if so it has been done, or it has been said why not.
    boolean take(String line, Optional<Party> to) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space).strip();
        switch (word) {
            case "/send" -> send(rest, to);
            case "/save" -> save(rest);
            case "/cancel" -> cancel(rest);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void send(String path, Optional<Party> to) {
        if (to.isEmpty() || path.isEmpty()) {
            notice.accept("to whom, and what? /to ADDRESS or /room NAME, then /send FILE");
            return;
        }
        try {
            Path file = Path.of(path).toAbsolutePath().normalize();
            Command.SendFile send = new Command.SendFile(to.get(), file, "");
            unsent.submitted();
            engine.accept(send);
        } catch (IllegalArgumentException e) {
            notice.accept("not sent: " + e.getMessage());
        }
    }

    private void save(String arguments) {
        String[] words = arguments.split(" ", 2);
        try {
            long message = Long.parseLong(words[0]);
            Path target = Path.of(words.length > 1 ? words[1].strip() : "");
            engine.accept(new Command.SaveFile(message, target.toAbsolutePath().normalize(), false));
        } catch (IllegalArgumentException e) {
            notice.accept("/save ID [FILE]: the number in front of a file, and where to");
        }
    }

    private void cancel(String id) {
        try {
            engine.accept(new Command.CancelTransfer(Long.parseLong(id)));
        } catch (NumberFormatException e) {
            notice.accept("/cancel ID: the number that was named when it began");
        }
    }

    void heard(FileTransfer transfer) {
        unsent.moved(transfer);
        String name = FileNames.safe(String.valueOf(transfer.path().getFileName()));
        boolean sent = transfer.direction() == FileTransfer.Direction.SENT;
        String why = transfer.sentence().orElse("for no known reason");
        switch (transfer.state()) {
            case MOVING -> {
                if (transfer.total() == 0) { // its first news; a line for each MiB would be too much
                    notice.accept(
                            (sent ? "sending " : "fetching ") + name + "; /cancel " + transfer.id() + " gives it up");
                }
            }
            case WAITING -> notice.accept(name + " waits: " + why);
            case DONE -> notice.accept(sent ? name + " is sent" : "saved " + transfer.path());
            case FAILED -> notice.accept((sent ? "not sent: " : "not saved: ") + name + ": " + why);
            case CANCELLED -> notice.accept(name + " is given up");
        }
    }
}
