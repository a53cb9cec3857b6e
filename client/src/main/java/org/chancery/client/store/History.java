package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.ContentException;
import org.chancery.protocol.content.MessageReference;

/// The lines of all conversations, in the order in which this client stored them.
public final class History {
    /// Sees one line after the other.
    public interface Looker {
        void look(StoredLine line) throws StoreException;
    }

    /// Lines that are in memory at a time where many are looked at.
    private static final int PAGE = 32;

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
        return add(origin, line, 0);
    }

    /// As [#add(Origin, Line)], with places left free before it for so many lines that may come later.
    public Optional<StoredLine> add(Origin origin, Line line, long before) throws StoreException {
        return access.read(() -> lines.contains(name(origin))
                ? Optional.empty()
                : Optional.of(write(lines.nextId() + before, origin, line)));
    }

    /// Leaves places free for what is older than anything that is stored from now on. Only before the first
    /// line.
    ///
    /// @param nothing a line that says nothing, to stand behind them
    public void leaveFree(long places, Line nothing) throws StoreException {
        access.run(() -> {
            if (newest() == 0) {
                Optional<StoredLine> behind = add(new Origin.Draft(new UUID(0, 0)), nothing, places);
                setAside(behind.orElseThrow());
            }
        });
    }

    /// The last of the places that were left free; 0 where there is none.
    public long lastFree() throws StoreException {
        return access.read(() -> Math.max(0, lines.lowestId() - 1));
    }

    /// Stores `line` at a place that was left free, or at the end where it is not free.
    public Optional<StoredLine> insert(long place, Origin origin, Line line) throws StoreException {
        return access.read(() -> {
            if (lines.contains(name(origin))) {
                return Optional.empty();
            }
            boolean free = place > 0 && lines.find(place).isEmpty();
            return Optional.of(write(free ? place : lines.nextId(), origin, line));
        });
    }

    private StoredLine write(long id, Origin origin, Line line) throws StoreException {
        return write(id, origin, line, parent(Heading.of(line)));
    }

    private StoredLine write(long id, Origin origin, Line line, byte[] parent) throws StoreException {
        StoredLine stored = new StoredLine(id, reference(origin), line);
        lines.put(id, name(origin), parent, encode(stored));
        return stored;
    }

    private static Optional<MessageReference> reference(Origin origin) {
        return origin instanceof Origin.Letter(var device, var chain, var counter)
                ? Optional.of(new MessageReference(device, chain, counter))
                : Optional.empty();
    }

    /// Stores what proves a line: the sender's SignedData, DER.
    public void addEvidence(StoredLine line, byte[] signedDataDer) throws StoreException {
        access.run(() -> evidence.put(evidence.name(octets(line.id())), signedDataDer));
    }

    /// Takes out what proved a line.
    public void dropEvidence(long id) throws StoreException {
        access.run(() -> evidence.delete(evidence.name(octets(id))));
    }

    /// The SignedData stored with the line `id`.
    public Optional<byte[]> evidence(long id) throws StoreException {
        return access.read(() -> evidence.find(evidence.name(octets(id))).map(Row::body));
    }

    /// Whether a line is of another letter than the one in which this was signed. What has been deleted since proves
    /// nothing any more, and is no other letter.
    public boolean isOther(StoredLine line, byte[] signedDataDer) throws StoreException {
        return evidence(line.id())
                .filter(known -> !Arrays.equals(known, signedDataDer))
                .isPresent();
    }

    /// Writes `line` anew, as what `origin` stands for from now on.
    ///
    /// @return the line as it is stored now
    public StoredLine replace(Origin origin, StoredLine line) throws StoreException {
        return access.read(() -> {
            Line said = line.line();
            // What has nothing to say any more stays where it is.
            byte[] parent = said.isForgotten() ? row(line.id()).parent() : parent(Heading.of(said));
            return write(line.id(), origin, said, parent);
        });
    }

    /// Writes a line anew, where it stands.
    public StoredLine rewrite(StoredLine line) throws StoreException {
        return access.read(() -> {
            Row row = row(line.id());
            lines.put(row.id(), row.name(), row.parent(), encode(line));
            return line;
        });
    }

    /// Takes out what a line says, and what proves it. The line stays, so that nothing stands for its origin again.
    ///
    /// @return the line as it is stored now
    public StoredLine forget(StoredLine line) throws StoreException {
        return access.read(() -> {
            evidence.delete(evidence.name(octets(line.id())));
            return rewrite(line.with(line.line().forgotten()));
        });
    }

    /// A line is not found under its heading any more.
    public void setAside(StoredLine line) throws StoreException {
        putUnder(new Heading.Aside(), line);
    }

    /// An edit counts no more: another one came after it. It is found with all edits only.
    public void overtake(StoredLine line, MessageReference target) throws StoreException {
        putUnder(
                new Heading.Overtaken(
                        line.line().conversation(), target, line.line().from()),
                line);
    }

    private void putUnder(Heading heading, StoredLine line) throws StoreException {
        access.run(() -> {
            Row row = row(line.id());
            lines.put(row.id(), row.name(), parent(heading), row.body());
        });
    }

    /// Takes a line out.
    public void remove(long id) throws StoreException {
        access.run(() -> {
            Optional<Row> row = lines.find(id);
            if (row.isPresent()) {
                lines.delete(row.get().name());
                evidence.delete(evidence.name(octets(id)));
            }
        });
    }

    private Row row(long id) throws StoreException {
        return lines.find(id).orElseThrow(() -> new IllegalStateException("line " + id + " is gone"));
    }

    /// The message that is known by this reference, if it is one of that conversation.
    public Optional<StoredLine> find(ConversationId conversation, MessageReference reference) throws StoreException {
        return find(new Origin.Letter(reference.device(), reference.chain(), reference.counter()))
                .filter(found -> found.line().conversation().equals(conversation));
    }

    /// The newest `limit` edits of a message by one person that were not overtaken, in the order in which they were
    /// stored.
    public List<StoredLine> edits(ConversationId conversation, MessageReference target, Address by, int limit)
            throws StoreException {
        return under(new Heading.Edits(conversation, target, by), limit);
    }

    /// Whether one person wants a message to be forgotten.
    public boolean isDeleted(ConversationId conversation, MessageReference target, Address by) throws StoreException {
        return under(new Heading.Deletions(conversation, target, by), 1).stream()
                .anyMatch(deletion -> deletion.line().failure().isEmpty());
    }

    /// The newest `limit` reactions to a message, in the order in which they were stored.
    public List<StoredLine> reactions(ConversationId conversation, MessageReference target, int limit)
            throws StoreException {
        return under(new Heading.Reactions(conversation, target), limit);
    }

    private List<StoredLine> under(Heading heading, int limit) throws StoreException {
        return access.read(() -> decode(lines.newest(parent(heading), 0, limit)));
    }

    /// The id of the newest line of all; 0 for none.
    public long newest() throws StoreException {
        return access.read(() -> lines.nextId() - 1);
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
        return access.read(() -> decode(lines.newest(parent(new Heading.Shown(conversation)), after, limit)));
    }

    /// The newest `limit` lines of all conversations with an id below `before`, newest first; those about
    /// others, too.
    public List<StoredLine> before(long before, int limit) throws StoreException {
        return access.read(() -> decode(lines.before(before, limit))).reversed();
    }

    /// The newest `limit` lines of a conversation with an id below `before`, newest first.
    public List<StoredLine> before(ConversationId conversation, long before, int limit) throws StoreException {
        return before(parent(new Heading.Shown(conversation)), before, limit);
    }

    private List<StoredLine> before(byte[] parent, long before, int limit) throws StoreException {
        return access.read(() -> decode(lines.before(parent, before, limit))).reversed();
    }

    /// Looks at the newest `limit` lines of a conversation with an id above `after` (0: from the beginning), newest
    /// first. Others may write in between. Few are in memory at a time, for a line may be long.
    public void look(ConversationId conversation, long after, int limit, Looker looker) throws StoreException {
        look(new Heading.Shown(conversation), after, limit, looker);
    }

    /// Looks at all edits of a message by one person, those that were overtaken, too.
    public void lookAtEdits(ConversationId conversation, MessageReference target, Address by, Looker looker)
            throws StoreException {
        look(new Heading.Edits(conversation, target, by), 0, Integer.MAX_VALUE, looker);
        look(new Heading.Overtaken(conversation, target, by), 0, Integer.MAX_VALUE, looker);
    }

    private void look(Heading heading, long after, int limit, Looker looker) throws StoreException {
        byte[] parent = parent(heading);
        long before = Long.MAX_VALUE;
        for (int left = limit; left > 0; left -= PAGE) {
            List<StoredLine> page = before(parent, before, Math.min(left, PAGE));
            for (StoredLine line : page) {
                if (line.id() <= after) {
                    return;
                }
                looker.look(line);
                before = line.id();
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    /// Oldest first, of rows that come newest first.
    private static List<StoredLine> decode(List<Row> rows) throws StoreException {
        StoredLine[] decoded = new StoredLine[rows.size()];
        for (int i = 0; i < decoded.length; i++) {
            decoded[decoded.length - 1 - i] = decode(rows.get(i));
        }
        return List.of(decoded);
    }

    private byte[] parent(Heading heading) {
        return switch (heading) {
            case Heading.Shown(var conversation) -> lines.name(octets("conversation"), conversation.bytes());
            case Heading.Edits(var conversation, var target, var by) ->
                parent("edit", conversation, target, by.value());
            case Heading.Overtaken(var conversation, var target, var by) ->
                parent("edit overtaken", conversation, target, by.value());
            case Heading.Deletions(var conversation, var target, var by) ->
                parent("deletion", conversation, target, by.value());
            case Heading.Reactions(var conversation, var target) -> parent("reaction", conversation, target, "");
            case Heading.Aside() -> new byte[0];
        };
    }

    private byte[] parent(String what, ConversationId conversation, MessageReference target, String by) {
        return lines.name(
                octets(what),
                conversation.bytes(),
                target.device().bytes(),
                target.chain().bytes(),
                octets(target.counter()),
                octets(by));
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

    private static byte[] encode(StoredLine stored) {
        Line line = stored.line();
        RecordWriter out = new RecordWriter()
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
                .flag(stored.reference().isPresent());
        stored.reference()
                .ifPresent(reference -> out.octets(reference.device().bytes())
                        .octets(reference.chain().bytes())
                        .number(reference.counter()));
        return out.body();
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
            Optional<MessageReference> reference = in.flag()
                    ? Optional.of(new MessageReference(
                            DeviceId.ofBytes(in.octets()), ChainId.ofBytes(in.octets()), in.number()))
                    : Optional.empty();
            return new StoredLine(row.id(), reference, line);
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
