package org.chancery.client.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.chancery.client.engine.Command;
import org.chancery.console.BoundedText;

/// What goes over the control socket: one request, one answer.
///
/// ```
/// request   version (1)  0 to a person, 1 to a room (1)  name length (4)  name  text length (4)  text in UTF-8
///           id of the message that is answered, 0 for none (8)
/// answer    version (1)  0 published, 1 failed, 2 queued (1)  sequence (8)  sentence length (4)  sentence
/// ```
final class ControlFrames {
    private static final int VERSION = 2;
    private static final int MAX_NAME_OCTETS = 3 * Errand.MAX_NAME;
    private static final int MAX_TEXT_OCTETS = 3 * Command.MAX_TEXT_LENGTH; // UTF-8 of a UTF-16 unit, at most
    private static final int MAX_SENTENCE_OCTETS = 4096;

    private ControlFrames() {}

    static void writeRequest(DataOutputStream out, Errand request) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(request.room());
        BoundedText.write(out, request.to());
        BoundedText.write(out, request.text());
        out.writeLong(request.replyTo());
        out.flush();
    }

    static Errand readRequest(DataInputStream in) throws IOException {
        requireVersion(in);
        try {
            boolean room = in.readBoolean();
            return new Errand(
                    BoundedText.read(in, MAX_NAME_OCTETS), room, BoundedText.read(in, MAX_TEXT_OCTETS), in.readLong());
        } catch (IllegalArgumentException e) {
            throw new IOException("a request that no command makes: " + e.getMessage(), e);
        }
    }

    static void writeAnswer(DataOutputStream out, Dispatch answer) throws IOException {
        out.writeByte(VERSION);
        switch (answer) {
            case Dispatch.Published(long sequence) -> write(out, 0, sequence, "");
            case Dispatch.Failed(String sentence) -> write(out, 1, 0, sentence);
            case Dispatch.Queued(String reason) -> write(out, 2, 0, reason);
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
