package org.chancery.dist.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameWriter;
import org.chancery.protocol.frame.ProtocolException;

/// Letters from one to another with the structure of real ones and nothing inside: the relay, which has no key, cannot
/// tell, and to make them costs so little that it disturbs no measurement.
final class BlankLetters {

    /// Brings a letter to about a kilobyte.
    private static final int CIPHERTEXT_OCTETS = 800;

    private static final int WRAP_OCTETS = 256;
    private static final int COMMITMENT_OCTETS = 32;

    private final Identity writer;
    private final Address reader;
    private final ConversationId conversation;
    private final ChainId chain = ChainId.random(new SecureRandom());
    private final Seal seal;
    private long counter;

    /// @param reader the one device of the one who reads
    BlankLetters(Identity writer, Identity reader) throws MalformedNameException {
        this(writer, reader, ConversationId.direct(writer.address(), reader.address()));
    }

    /// In a conversation that may be somebody else's.
    BlankLetters(Identity writer, Identity reader, ConversationId conversation) throws MalformedNameException {
        this.writer = writer;
        this.reader = reader.address();
        this.conversation = conversation;
        byte[] keyIdentifier = Arrays.copyOf(reader.deviceId().bytes(), 20);
        Wrap wrap = new Wrap(reader.deviceId(), 0, new KeyTransRecipient(keyIdentifier, filled(WRAP_OCTETS, 6)).der());
        List<SealMember> members = Stream.of(writer.address(), this.reader)
                .sorted()
                .map(SealMember::withoutChain)
                .toList();
        this.seal = new Seal(
                new SealBody(conversation, writer.deviceId(), members, List.of(wrap)), filled(COMMITMENT_OCTETS, 8));
    }

    ConversationId conversation() {
        return conversation;
    }

    /// The next letter; the seal goes with the first.
    Frame.Publish next() {
        counter++;
        return letter(counter, 0);
    }

    /// Any letter.
    ///
    /// @param filling of the ciphertext: another one makes it another letter
    Frame.Publish letter(long number, int filling) {
        Letter letter = new Letter(
                new LetterHeader(
                        LetterHeader.VERSION,
                        conversation,
                        writer.deviceId(),
                        seal.id(),
                        chain,
                        number,
                        seal.commitment()),
                filled(Letter.NONCE_BYTES, 1),
                filled(CIPHERTEXT_OCTETS, filling),
                filled(Letter.TAG_BYTES, 2));
        return new Frame.Publish(number == 1 ? Optional.of(seal) : Optional.empty(), letter, Optional.of(reader));
    }

    /// A frame as it goes over the wire.
    static byte[] octets(Frame frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            FrameWriter writer = new FrameWriter(out, FrameLimits.DEFAULT);
            writer.write(frame);
            writer.flush();
        } catch (IOException | ProtocolException e) {
            throw new IllegalStateException("an array does not fail, and the frame is short", e);
        }
        return out.toByteArray();
    }

    private static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
