package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.ContentException;

/// The lines of all conversations, in the order in which this client stored them.
public final class History {
    private final StoreAccess access;
    private final SealedTable lines;
    private final SealedTable evidence;

    History(StoreAccess access, SealedTable lines, SealedTable evidence) {
        this.access = access;
        this.lines = lines;
        this.evidence = evidence;
    }

    /// Stores `line` as what `origin` stands for.
    ///
    /// @return the stored line; empty where that origin is stored already, and nothing has been written
    public Optional<StoredLine> add(Origin origin, Line line) throws StoreException {
        return access.read(() -> {
            byte[] name = name(origin);
            if (lines.contains(name)) {
                return Optional.empty();
            }
            long id = lines.nextId();
            lines.put(id, name, parent(line.conversation()), encode(line));
            return Optional.of(new StoredLine(id, line));
        });
    }

    /// Stores what proves a line: the sender's SignedData, DER.
    public void addEvidence(StoredLine line, byte[] signedDataDer) throws StoreException {
        access.run(() -> evidence.put(evidence.name(octets(line.id())), signedDataDer));
    }

    /// The SignedData stored with the line `id`.
    public Optional<byte[]> evidence(long id) throws StoreException {
        return access.read(() -> evidence.find(evidence.name(octets(id))).map(Row::body));
    }

    /// Writes `line` anew, as what `origin` stands for from now on.
    public void replace(Origin origin, StoredLine line) throws StoreException {
        access.run(() -> lines.put(line.id(), name(origin), parent(line.line().conversation()), encode(line.line())));
    }

    /// The line with this id.
    public Optional<StoredLine> find(long id) throws StoreException {
        return access.read(() -> decode(lines.find(id)));
    }

    /// The line that stands for `origin`.
    public Optional<StoredLine> find(Origin origin) throws StoreException {
        return access.read(() -> decode(lines.find(name(origin))));
    }

    /// The newest `limit` lines of a conversation with an id above `after` (0: from the beginning), oldest first.
    public List<StoredLine> newest(ConversationId conversation, long after, int limit) throws StoreException {
        return access.read(() -> {
            List<Row> rows = lines.newest(parent(conversation), after, limit);
            StoredLine[] decoded = new StoredLine[rows.size()];
            for (int i = 0; i < decoded.length; i++) {
                decoded[decoded.length - 1 - i] = decode(rows.get(i));
            }
            return List.of(decoded);
        });
    }

    private byte[] parent(ConversationId conversation) {
        return lines.name(octets("conversation"), conversation.bytes());
    }

    private byte[] name(Origin origin) {
        return switch (origin) {
            case Origin.Letter(var device, var chain, var counter) ->
                lines.name(octets("letter"), device.bytes(), chain.bytes(), octets(counter));
            case Origin.Place(var conversation, var sequence, var letter) ->
                lines.name(octets("place"), conversation.bytes(), octets(sequence), letter.bytes());
            case Origin.Gap(var device, var chain, var counter) ->
                lines.name(octets("gap"), device.bytes(), chain.bytes(), octets(counter));
            case Origin.Draft(var draft) -> lines.name(octets("draft"), octets(draft.toString()));
        };
    }

    private static byte[] octets(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] octets(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] encode(Line line) {
        return new RecordWriter()
                .party(line.party())
                .text(line.from().value())
                .optionalText(line.device().map(DeviceId::hex))
                .flag(line.mine())
                .optionalOctets(line.body().map(Body::encode))
                .instant(line.sentAt())
                .optionalInstant(line.receivedAt())
                .number(line.sequence().orElse(-1))
                .optionalText(line.note())
                .optionalText(line.failure())
                .body();
    }

    private static Optional<StoredLine> decode(Optional<Row> row) throws StoreException {
        return row.isPresent() ? Optional.of(decode(row.get())) : Optional.empty();
    }

    private static StoredLine decode(Row row) throws StoreException {
        RecordReader in = new RecordReader(row.body());
        try {
            Line line = new Line(
                    in.party(),
                    Address.parseCanonical(in.text()),
                    in.optionalText().map(DeviceId::new),
                    in.flag(),
                    body(in.optionalOctets()),
                    in.instant(),
                    in.optionalInstant(),
                    sequence(in.number()),
                    in.optionalText(),
                    in.optionalText());
            return new StoredLine(row.id(), line);
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw StoreException.damaged("line " + row.id() + " holds a malformed name", e);
        } catch (ContentException e) {
            throw StoreException.damaged("line " + row.id() + " holds no body", e);
        }
    }

    private static Optional<Body> body(Optional<byte[]> octets) throws ContentException {
        return octets.isPresent() ? Optional.of(Body.decode(octets.get())) : Optional.empty();
    }

    private static OptionalLong sequence(long stored) {
        return stored < 0 ? OptionalLong.empty() : OptionalLong.of(stored);
    }
}
