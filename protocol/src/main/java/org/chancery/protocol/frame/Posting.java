package org.chancery.protocol.frame;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHalves;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.protocol.wire.Deliver;

/// [Frame.Deliver]s of one letter, encoded once for all its readers whose wraps have one length: what differs from
/// reader to reader is the wrap alone, and it stands in one piece. Immutable.
public final class Posting {
    /// The field of the wire's Frame that is a Deliver.
    private static final int DELIVER_FIELD = 5;

    private final int wrapOctets;

    /// The whole frame before the wrap, length included, and behind it.
    private final byte[] before;

    private final byte[] behind;

    /// @param wrapOctets of the wraps that will be given to [FrameWriter#write(Posting, Wrap)]
    public Posting(
            ConversationId conversation,
            long sequence,
            Instant acceptedAt,
            Digest transcript,
            Letter letter,
            Address from,
            int wrapOctets) {
        this.wrapOctets = wrapOctets;
        LetterHalves halves = EnvelopeStapler.around(letter, wrapOctets);
        byte[] letterBefore = halves.before();
        byte[] letterBehind = halves.behind();
        byte[] address = from.value().getBytes(StandardCharsets.US_ASCII);
        int envelope = letterBefore.length + wrapOctets + letterBehind.length;
        byte[] fields = Deliver.newBuilder()
                .setConversation(ByteString.copyFrom(conversation.bytes()))
                .setSequence(sequence)
                .setAcceptedAtMillis(acceptedAt.toEpochMilli())
                .setTranscript(ByteString.copyFrom(transcript.bytes()))
                .build()
                .toByteArray();
        int deliver = fields.length
                + field(Deliver.ENVELOPE_FIELD_NUMBER, envelope)
                + envelope
                + field(Deliver.FROM_FIELD_NUMBER, address.length)
                + address.length;
        int body = field(DELIVER_FIELD, deliver) + deliver;
        this.behind = new byte[letterBehind.length + field(Deliver.FROM_FIELD_NUMBER, address.length) + address.length];
        this.before = new byte[FrameCodec.PREFIX_BYTES + body - wrapOctets - behind.length];
        ByteBuffer.wrap(before).putInt(body);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(
                    before, FrameCodec.PREFIX_BYTES, before.length - FrameCodec.PREFIX_BYTES);
            field(out, DELIVER_FIELD, deliver);
            out.writeRawBytes(fields);
            field(out, Deliver.ENVELOPE_FIELD_NUMBER, envelope);
            out.writeRawBytes(letterBefore);
            out.checkNoSpaceLeft();
            CodedOutputStream rest = CodedOutputStream.newInstance(behind);
            rest.writeRawBytes(letterBehind);
            field(rest, Deliver.FROM_FIELD_NUMBER, address.length);
            rest.writeRawBytes(address);
            rest.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
    }

    /// Octets of a length-delimited field's tag and length.
    private static int field(int number, int length) {
        return CodedOutputStream.computeTagSize(number) + CodedOutputStream.computeUInt32SizeNoTag(length);
    }

    private static void field(CodedOutputStream out, int number, int length) throws IOException {
        out.writeTag(number, 2); // length-delimited
        out.writeUInt32NoTag(length);
    }

    /// Whether it is for wraps of that length.
    public boolean fits(Wrap wrap) {
        return wrap.length() == wrapOctets;
    }

    int length() {
        return before.length + wrapOctets + behind.length;
    }

    /// Writes the frame for one reader.
    ///
    /// @return where it ends
    int writeTo(byte[] target, int offset, Wrap wrap) {
        System.arraycopy(before, 0, target, offset, before.length);
        int at = wrap.copyTo(target, offset + before.length);
        System.arraycopy(behind, 0, target, at, behind.length);
        return at + behind.length;
    }
}
