package org.chancery.client.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.chancery.client.engine.Command;
import org.chancery.console.BoundedText;

/// What goes over the control socket: one request, one answer.
///
/// ```
/// request   version (1)  0 (1)  0 to a person, 1 to a room (1)  name  text  path of a file, or empty
///           id of the message that is answered, 0 for none (8)
///           version (1)  1 (1)  message (8)  path  1 to overwrite, else 0 (1)
/// answer    version (1)  0 published, 1 failed, 2 queued, 3 saved (1)  sequence (8)  sentence
/// ```
///
/// A text is its length in octets (4) and itself in UTF-8.
final class ControlFrames {
    private static final int VERSION = 3;
    private static final int MAX_NAME_OCTETS = 3 * Errand.Say.MAX_NAME;
    private static final int MAX_TEXT_OCTETS = 3 * Command.MAX_TEXT_LENGTH; // UTF-8 of a UTF-16 unit, at most
    private static final int MAX_PATH_OCTETS = 4096; // what Linux takes
    private static final int SAY = 0;
    private static final int SAVE = 1;
    private static final int MAX_SENTENCE_OCTETS = 4096;

    private ControlFrames() {}

    static void writeRequest(DataOutputStream out, Errand request) throws IOException {
        out.writeByte(VERSION);
        switch (request) {
            case Errand.Say(String to, boolean room, String text, Optional<Path> file, long replyTo) -> {
                out.writeByte(SAY);
                out.writeBoolean(room);
                BoundedText.write(out, to);
                BoundedText.write(out, text);
                BoundedText.write(out, file.map(Path::toString).orElse(""));
                out.writeLong(replyTo);
            }
            case Errand.Save(long message, Path target, boolean overwrite) -> {
                out.writeByte(SAVE);
                out.writeLong(message);
                BoundedText.write(out, target.toString());
                out.writeBoolean(overwrite);
            }
        }
        out.flush();
    }

    static Errand readRequest(DataInputStream in) throws IOException {
        requireVersion(in);
        int kind = in.readUnsignedByte();
        try {
            return switch (kind) {
                case SAY -> readSay(in);
                case SAVE -> new Errand.Save(in.readLong(), path(in), in.readBoolean());
                default -> throw new IOException("request " + kind + " is not known");
            };
        } catch (IllegalArgumentException e) {
            throw new IOException("a request that no command makes: " + e.getMessage(), e);
        }
    }

    private static Errand readSay(DataInputStream in) throws IOException {
        boolean room = in.readBoolean();
        String to = BoundedText.read(in, MAX_NAME_OCTETS);
        String text = BoundedText.read(in, MAX_TEXT_OCTETS);
        String file = BoundedText.read(in, MAX_PATH_OCTETS);
        Optional<Path> path = file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
        return new Errand.Say(to, room, text, path, in.readLong());
    }

    private static Path path(DataInputStream in) throws IOException {
        return Path.of(BoundedText.read(in, MAX_PATH_OCTETS));
    }

    static void writeAnswer(DataOutputStream out, Dispatch answer) throws IOException {
        out.writeByte(VERSION);
        switch (answer) {
            case Dispatch.Published(long sequence) -> write(out, 0, sequence, "");
            case Dispatch.Failed(String sentence) -> write(out, 1, 0, sentence);
            case Dispatch.Queued(String reason) -> write(out, 2, 0, reason);
            case Dispatch.Saved(String path) -> write(out, 3, 0, path);
        }
        out.flush();
    }

    static Dispatch readAnswer(DataInputStream in) throws IOException {
        requireVersion(in);
        int kind = in.readUnsignedByte();
        long sequence = in.readLong();
        String sentence = BoundedText.read(in, MAX_SENTENCE_OCTETS);
        return switch (kind) {
            case 0 -> new Dispatch.Published(sequence);
            case 1 -> new Dispatch.Failed(sentence);
            case 2 -> new Dispatch.Queued(sentence);
            case 3 -> new Dispatch.Saved(sentence);
            default -> throw new IOException("answer " + kind + " is not known");
        };
    }

    private static void write(DataOutputStream out, int kind, long sequence, String sentence) throws IOException {
        out.writeByte(kind);
        out.writeLong(sequence);
        BoundedText.write(out, sentence);
    }

    private static void requireVersion(DataInputStream in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("control version " + version + ", " + VERSION + " is spoken here");
        }
    }
}
