package org.chancery.server.testing;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.conversation.Publication;

/// A device that writes letters with the structure of real ones and nothing inside: the relay cannot tell.
public final class Writing {

    private final Address from;
    private final Address to;
    private final DeviceId device;
    private final ChainId chain;
    private Seal seal;

    public Writing(Address from, DeviceId device, Address to, int chain, Collection<DeviceId> readers) {
        this.from = from;
        this.to = to;
        this.device = device;
        this.chain = ChainId.ofBytes(filled(ChainId.BYTES, chain));
        seal(readers);
    }

    public ConversationId conversation() {
        return ConversationId.direct(from, to);
    }

    public Seal seal() {
        return seal;
    }

    /// A new seal, for these devices.
    public Writing seal(Collection<DeviceId> readers) {
        return seal(readers, List.of(from, to));
    }

    /// A new seal, for these devices, that takes these for the members.
    public Writing seal(Collection<DeviceId> readers, List<Address> people) {
        List<Wrap> wraps = readers.stream()
                .sorted(Comparator.naturalOrder())
                .map(reader -> new Wrap(
                        reader, new KeyTransRecipient(Arrays.copyOf(reader.bytes(), 20), filled(256, 6)).der()))
                .toList();
        List<Address> members = people.stream().sorted().toList();
        seal = new Seal(new SealBody(conversation(), device, members, wraps), filled(32, 8));
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
        return new Publication(from, letter(counter, text), Optional.of(seal), Optional.of(to));
    }

    /// Without the seal, as all but the first are sent.
    public Publication bare(long counter, String text) {
        return new Publication(from, letter(counter, text), Optional.empty(), Optional.of(to));
    }

    private static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
