package org.chancery.server.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.console.BoundedText;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What goes over the control socket: one request, one answer. Integers are big-endian, texts and times as
/// [BoundedText] and milliseconds.
///
/// ```
/// request   version (1)  1 status, 2 sessions | 3 disconnect  digits | 4 backup  path  overwrite (1)
/// answer    version (1)  1 status  ... | 2 sessions  count (4)  ... | 3 disconnected  address  device  sessions (4)
///                        4 backed up  octets (8) | 9 refused  reason (1)  sentence
/// ```
final class ControlCodec {

    private static final int VERSION = 1;

    private static final int STATUS = 1;
    private static final int SESSIONS = 2;
    private static final int DISCONNECT = 3;
    private static final int BACKUP = 4;
    private static final int REFUSED = 9;

    private static final int MAX_TEXT = 8 << 10;

    /// As many as a relay may be configured to have connections.
    private static final int MAX_ENTRIES = 1_000_000;

    private ControlCodec() {}

    static void writeRequest(DataOutputStream out, ControlRequest request) throws IOException {
        out.writeByte(VERSION);
        switch (request) {
            case ControlRequest.Status _ -> out.writeByte(STATUS);
            case ControlRequest.Sessions _ -> out.writeByte(SESSIONS);
            case ControlRequest.Disconnect(DevicePrefix device) -> {
                out.writeByte(DISCONNECT);
                BoundedText.write(out, device.hex());
            }
            case ControlRequest.Backup(Path file, boolean overwrite) -> {
                out.writeByte(BACKUP);
                BoundedText.write(out, file.toString());
                out.writeBoolean(overwrite);
            }
        }
        out.flush();
    }

    static ControlRequest readRequest(DataInputStream in) throws IOException {
        requireVersion(in);
        int kind = in.readUnsignedByte();
        try {
            return switch (kind) {
                case STATUS -> new ControlRequest.Status();
                case SESSIONS -> new ControlRequest.Sessions();
                case DISCONNECT -> new ControlRequest.Disconnect(new DevicePrefix(text(in)));
                case BACKUP -> new ControlRequest.Backup(Path.of(text(in)), in.readBoolean());
                default -> throw new IOException("request " + kind + " is not known");
            };
        } catch (IllegalArgumentException e) {
            throw new IOException("a request that no command makes: " + e.getMessage(), e);
        }
    }

    static void writeAnswer(DataOutputStream out, ControlAnswer answer) throws IOException {
        out.writeByte(VERSION);
        switch (answer) {
            case ControlAnswer.Status(RelayStatus status) -> {
                out.writeByte(STATUS);
                writeStatus(out, status);
            }
            case ControlAnswer.Sessions(List<SessionView> sessions) -> {
                out.writeByte(SESSIONS);
                out.writeInt(sessions.size());
                for (SessionView session : sessions) {
                    writeSession(out, session);
                }
            }
            case ControlAnswer.Disconnected(Address address, DeviceId device, int sessions) -> {
                out.writeByte(DISCONNECT);
                BoundedText.write(out, address.value());
                out.write(device.bytes());
                out.writeInt(sessions);
            }
            case ControlAnswer.BackedUp(long octets) -> {
                out.writeByte(BACKUP);
                out.writeLong(octets);
            }
            case ControlAnswer.Refused(ControlRefusal refusal, String sentence) -> {
                out.writeByte(REFUSED);
                out.writeByte(refusal.code());
                BoundedText.write(out, sentence);
            }
        }
    }

    static ControlAnswer readAnswer(DataInputStream in) throws IOException {
        requireVersion(in);
        int kind = in.readUnsignedByte();
        try {
            return switch (kind) {
                case STATUS -> new ControlAnswer.Status(readStatus(in));
                case SESSIONS -> {
                    int count = count(in);
                    List<SessionView> sessions = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        sessions.add(readSession(in));
                    }
                    yield new ControlAnswer.Sessions(sessions);
                }
                case DISCONNECT -> new ControlAnswer.Disconnected(new Address(text(in)), device(in), in.readInt());
                case BACKUP -> new ControlAnswer.BackedUp(in.readLong());
                case REFUSED ->
                    new ControlAnswer.Refused(
                            ControlRefusal.ofCode(in.readUnsignedByte())
                                    .orElseThrow(() -> new IOException("a refusal that is not known")),
                            text(in));
                default -> throw new IOException("answer " + kind + " is not known");
            };
        } catch (IllegalArgumentException e) {
            throw new IOException("an answer that no relay gives: " + e.getMessage(), e);
        }
    }

    private static void writeStatus(DataOutputStream out, RelayStatus status) throws IOException {
        BoundedText.write(out, status.listen());
        out.writeLong(status.process());
        out.writeLong(status.startedAt().toEpochMilli());
        BoundedText.write(out, status.notReady().orElse(""));
        out.writeInt(status.devices());
        out.writeInt(status.connections());
        BoundedText.write(out, status.incarnation());
        out.writeLong(status.logBytes());
        out.writeLong(status.diskFreeBytes());
        out.writeLong(status.certificateNotAfter().toEpochMilli());
        out.writeInt(status.crls().size());
        for (RelayStatus.CrlView crl : status.crls()) {
            BoundedText.write(out, crl.issuer());
            out.writeLong(crl.thisUpdate().toEpochMilli());
            out.writeLong(crl.nextUpdate().toEpochMilli());
        }
    }

    private static RelayStatus readStatus(DataInputStream in) throws IOException {
        return new RelayStatus(
                text(in),
                in.readLong(),
                time(in),
                Optional.of(text(in)).filter(reason -> !reason.isEmpty()),
                in.readInt(),
                in.readInt(),
                text(in),
                in.readLong(),
                in.readLong(),
                time(in),
                readCrls(in));
    }

    private static List<RelayStatus.CrlView> readCrls(DataInputStream in) throws IOException {
        int count = count(in);
        List<RelayStatus.CrlView> crls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            crls.add(new RelayStatus.CrlView(text(in), time(in), time(in)));
        }
        return crls;
    }

    private static void writeSession(DataOutputStream out, SessionView session) throws IOException {
        BoundedText.write(out, session.address().value());
        out.write(session.device().bytes());
        BoundedText.write(out, session.source());
        out.writeLong(session.since().toEpochMilli());
        out.writeBoolean(session.greeted());
        out.writeInt(session.waiting());
        out.writeLong(session.notAfter().toEpochMilli());
    }

    private static SessionView readSession(DataInputStream in) throws IOException {
        return new SessionView(
                new Address(text(in)), device(in), text(in), time(in), in.readBoolean(), in.readInt(), time(in));
    }

    private static String text(DataInputStream in) throws IOException {
        return BoundedText.read(in, MAX_TEXT);
    }

    private static DeviceId device(DataInputStream in) throws IOException {
        byte[] octets = new byte[32];
        in.readFully(octets);
        return DeviceId.ofBytes(octets);
    }

    private static Instant time(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_ENTRIES) {
            throw new IOException(Integer.toUnsignedString(count) + " entries, at most " + MAX_ENTRIES);
        }
        return count;
    }

    private static void requireVersion(DataInputStream in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("control version " + version + ", " + VERSION + " is spoken here");
        }
    }
}
