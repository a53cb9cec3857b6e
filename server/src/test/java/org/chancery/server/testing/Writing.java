package org.chancery.server.testing;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.membership.Membership;
import org.chancery.server.conversation.Publication;

/// A device that writes letters with the structure of real ones and nothing inside: the relay cannot tell.
public final class Writing {

    private final Address from;
    private final Optional<Address> to;
    private final ConversationId conversation;
    private final DeviceId device;
    private final ChainId chain;
    private Map<Address, Digest> chains = Map.of();
    private Seal seal;

    public Writing(Address from, DeviceId device, Address to, int chain, Collection<DeviceId> readers) {
        this.from = from;
        this.to = Optional.of(to);
        this.conversation = ConversationId.direct(from, to);
        this.device = device;
        this.chain = ChainId.ofBytes(filled(ChainId.BYTES, chain));
        seal(readers);
    }

    /// In a room.
    public Writing(Address from, DeviceId device, Membership room, int chain, Collection<DeviceId> readers) {
        this.from = from;
        this.to = Optional.empty();
        this.conversation = room.room();
        this.device = device;
        this.chain = ChainId.ofBytes(filled(ChainId.BYTES, chain));
        seal(room, readers);
    }

    public ConversationId conversation() {
        return conversation;
    }

    public Seal seal() {
        return seal;
    }

    /// The seals from here on name these chains, by their last entries.
    public Writing knowing(Map<Address, Digest> heads) {
        chains = Map.copyOf(heads);
        return this;
    }

    /// A new seal, for these devices.
    public Writing seal(Collection<DeviceId> readers) {
        return seal(readers, List.of(from, to.orElseThrow()));
    }

    /// A new seal, for these devices, by the room's last entry.
    public Writing seal(Membership room, Collection<DeviceId> readers) {
        return seal(readers, room.members().keySet(), room.head().bytes());
    }

    /// A new seal, for these devices, that takes these for the members.
    public Writing seal(Collection<DeviceId> readers, List<Address> people) {
        return seal(readers, people, new byte[0]);
    }

    private Writing seal(Collection<DeviceId> readers, Collection<Address> people, byte[] membershipHead) {
        List<Wrap> wraps = readers.stream()
                .sorted(Comparator.naturalOrder())
                .map(reader -> new Wrap(
                        reader, 0, new KeyTransRecipient(Arrays.copyOf(reader.bytes(), 20), filled(256, 6)).der()))
                .toList();
        List<SealMember> members = people.stream()
                .sorted()
                .map(person -> new SealMember(person, Optional.ofNullable(chains.get(person))))
                .toList();
        seal = new Seal(new SealBody(conversation(), device, membershipHead, members, wraps), filled(32, 8));
        return this;
    }

    /// A letter under the seal; the text makes it another one.
    public Letter letter(long counter, String text) {
        return letter(counter, text, seal.commitment());
    }

    public Letter letter(long counter, String text, byte[] commitment) {
        byte[] octets = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] ciphertext = Arrays.copyOf(octets, Math.max(600, octets.length));
        return new Letter(
                new LetterHeader(LetterHeader.VERSION, conversation(), device, seal.id(), chain, counter, commitment),
                filled(Letter.NONCE_BYTES, 1),
                ciphertext,
                filled(Letter.TAG_BYTES, 2));
    }

    public Publication publication(long counter, String text) {
        return new Publication(from, letter(counter, text), Optional.of(seal), to);
    }

    /// Without the seal, as all but the first are sent.
    public Publication bare(long counter, String text) {
        return new Publication(from, letter(counter, text), Optional.empty(), to);
    }

    private static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
