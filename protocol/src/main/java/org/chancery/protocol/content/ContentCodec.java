package org.chancery.protocol.content;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;

/// [Content] to octets and back.
///
/// ```
///  0               4                4 + length          Padmé length, at least 256
/// +---------------+----------------+--------------------+
/// | length (u32)  | wire Content   | zeros              |
/// +---------------+----------------+--------------------+
/// ```
///
/// There is one encoding of a content: other lengths, other padding, unknown fields are refused, so nothing can
/// be carried under a signature that its reader does not see. A body of a kind that is not known is seen as that.
final class ContentCodec {

    private static final int PREFIX_BYTES = 4;
    private static final int SHORTEST = 256;
    /// The longest body, [BodyCodec#LONGEST], and what stands around it.
    private static final int LONGEST = 256 << 10;

    private static final byte[] NOTHING = {};

    private ContentCodec() {}

    static byte[] encode(Content content) throws ContentException {
        byte[] wire = wire(content).toByteArray();
        int used = PREFIX_BYTES + wire.length;
        if (used > LONGEST) {
            throw new ContentException(ContentFailure.TOO_LARGE, "content of " + used + " octets, at most " + LONGEST);
        }
        return ByteBuffer.allocate(padded(used)).putInt(wire.length).put(wire).array();
    }

    static Content decode(byte[] octets) throws ContentException {
        if (octets.length < SHORTEST) {
            throw new ContentException(
                    ContentFailure.PADDING, "content of " + octets.length + " octets, at least " + SHORTEST);
        }
        int length = ByteBuffer.wrap(octets).getInt();
        if (length < 0 || length > Math.min(octets.length, LONGEST) - PREFIX_BYTES) {
            throw new ContentException(
                    octets.length > padded(LONGEST) ? ContentFailure.TOO_LARGE : ContentFailure.MALFORMED,
                    "content says " + Integer.toUnsignedString(length) + " octets and has " + octets.length);
        }
        if (octets.length != padded(PREFIX_BYTES + length)) {
            throw new ContentException(
                    ContentFailure.PADDING, "content of " + length + " octets padded to " + octets.length);
        }
        Content content = content(Arrays.copyOfRange(octets, PREFIX_BYTES, PREFIX_BYTES + length));
        if (!Arrays.equals(encode(content), octets)) {
            throw new ContentException(ContentFailure.MALFORMED, "not the one encoding of this content");
        }
        return content;
    }

    /// The Padmé length (Nikitin et al., 2019, section 4): as many low bits zero as leave a float's worth of
    /// lengths, which leaks O(log log length) bits and adds at most 12 percent.
    static int padded(int length) {
        if (length <= SHORTEST) {
            return SHORTEST;
        }
        int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length);
        int significand = Integer.SIZE - Integer.numberOfLeadingZeros(exponent);
        int mask = (1 << (exponent - significand)) - 1;
        return (length + mask) & ~mask;
    }

    private static org.chancery.protocol.wire.Content wire(Content content) {
        var wire = org.chancery.protocol.wire.Content.newBuilder()
                .setConversation(ByteString.copyFrom(content.conversation().bytes()))
                .setChain(ByteString.copyFrom(content.chain().bytes()))
                .setCounter(content.counter())
                .setPreviousLetterHash(ByteString.copyFrom(content.previousLetterHash()))
                .setLastSequence(content.lastSequence())
                .setLastTranscript(ByteString.copyFrom(content.lastTranscript()))
                .setMembershipHead(ByteString.copyFrom(content.membershipHead()))
                .setCrlNumber(content.crlNumber())
                .setSentAtMillis(content.sentAt().toEpochMilli())
                .setWith(content.with().map(Address::value).orElse(""))
                .setContinuedChain(ByteString.copyFrom(
                        content.continues().map(it -> it.chain().bytes()).orElse(NOTHING)))
                .setContinuedCounter(
                        content.continues().map(ContinuedChain::counter).orElse(0L));
        BodyCodec.write(content.body(), wire);
        return wire.build();
    }

    private static Content content(byte[] octets) throws ContentException {
        try {
            var wire = org.chancery.protocol.wire.Content.parseFrom(octets);
            Body body = BodyCodec.read(wire);
            return new Content(
                    ConversationId.ofBytes(wire.getConversation().toByteArray()),
                    wire.getWith().isEmpty() ? Optional.empty() : Optional.of(Address.parseCanonical(wire.getWith())),
                    ChainId.ofBytes(wire.getChain().toByteArray()),
                    wire.getCounter(),
                    wire.getPreviousLetterHash().toByteArray(),
                    continued(wire),
                    wire.getLastSequence(),
                    wire.getLastTranscript().toByteArray(),
                    wire.getMembershipHead().toByteArray(),
                    wire.getCrlNumber(),
                    Instant.ofEpochMilli(wire.getSentAtMillis()),
                    body);
        } catch (InvalidProtocolBufferException e) {
            throw new ContentException(ContentFailure.MALFORMED, "content is not protobuf");
        } catch (MalformedNameException e) {
            throw new ContentException(ContentFailure.MALFORMED, "an address that is none");
        } catch (IllegalArgumentException e) {
            throw new ContentException(ContentFailure.MALFORMED, "content field out of range: " + e.getMessage());
        }
    }

    private static Optional<ContinuedChain> continued(org.chancery.protocol.wire.Content wire) {
        return wire.getContinuedChain().isEmpty()
                ? Optional.empty()
                : Optional.of(new ContinuedChain(
                        ChainId.ofBytes(wire.getContinuedChain().toByteArray()), wire.getContinuedCounter()));
    }
}
