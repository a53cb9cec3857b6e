package org.chancery.protocol.frame;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.name.MalformedNameException;

/// [Frame]s to octets and back.
///
/// ```
///  0               4                             4 + length
/// +---------------+-----------------------------+
/// | length (u32)  | body: wire Frame (protobuf) |
/// +---------------+-----------------------------+
/// ```
///
/// The one seam where protobuf and the parsers of `pki` meet outside octets: whatever they object to leaves as a
/// [ProtocolException]. Thread safe.
final class FrameCodec {

    /// Octets of the length in front of a body.
    static final int PREFIX_BYTES = 4;

    private final FrameLimits limits;

    /// @param limits hold for both directions
    FrameCodec(FrameLimits limits) {
        this.limits = limits;
    }

    /// The whole frame, length and body.
    ///
    /// @throws ProtocolException [ProtocolError#FRAME_TOO_LARGE]
    byte[] encode(Frame frame) throws ProtocolException {
        var wire = WireEncoder.encode(frame);
        int length = wire.getSerializedSize();
        checkLength(length);
        byte[] octets = new byte[PREFIX_BYTES + length];
        ByteBuffer.wrap(octets).putInt(length);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(octets, PREFIX_BYTES, length);
            wire.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        return octets;
    }

    /// The frame of a body.
    ///
    /// @throws ProtocolException [ProtocolError#FRAME_TOO_LARGE], [ProtocolError#MALFORMED_FRAME]
    Frame decode(byte[] body) throws ProtocolException {
        checkLength(body.length);
        try {
            return WireDecoder.decode(org.chancery.protocol.wire.Frame.parseFrom(body));
        } catch (InvalidProtocolBufferException e) {
            throw new ProtocolException(ProtocolError.MALFORMED_FRAME, "not a protobuf frame", e);
        } catch (MalformedNameException
                | MalformedCertificateException
                | MalformedEnvelopeException
                // The records of this package and the identifiers of pki check their values when they are made.
                | IllegalArgumentException e) {
            throw new ProtocolException(ProtocolError.MALFORMED_FRAME, "malformed frame: " + e.getMessage(), e);
        }
    }

    /// The length of a body from its prefix, before anything is allocated for it.
    int bodyLength(byte[] octets, int offset) throws ProtocolException {
        int length = ByteBuffer.wrap(octets, offset, PREFIX_BYTES).getInt();
        checkLength(Integer.toUnsignedLong(length));
        return length;
    }

    void checkLength(long length) throws ProtocolException {
        if (length > limits.maxFrameBytes()) {
            throw new ProtocolException(
                    ProtocolError.FRAME_TOO_LARGE, "frame of " + length + " octets, at most " + limits.maxFrameBytes());
        }
    }
}
