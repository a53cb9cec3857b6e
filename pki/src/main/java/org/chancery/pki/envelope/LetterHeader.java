package org.chancery.pki.envelope;

import java.util.Arrays;
import java.util.Objects;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.DerOutput;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.DeviceId;

/// What the relay may know of a letter. It stands twice: in the open for the relay, and among the signed attributes
/// inside; a reader accepts a letter only when both are the same octets, so the open copy cannot be altered
/// unnoticed.
///
/// ```
/// LetterHeader ::= SEQUENCE {
///   version       INTEGER (1),
///   conversation  OCTET STRING (SIZE (32)),
///   sender        OCTET STRING (SIZE (32)),   -- device
///   sealId        OCTET STRING (SIZE (32)),
///   chain         OCTET STRING (SIZE (16)),
///   counter       INTEGER (1..9223372036854775807),
///   commitment    OCTET STRING (SIZE (32)) }  -- to the content-encryption key, see Seal
/// ```
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record LetterHeader(
        int version,
        ConversationId conversation,
        DeviceId sender,
        byte[] sealId,
        ChainId chain,
        long counter,
        byte[] commitment) {
    public static final int VERSION = 1;

    private static final int MAX_BYTES = 256;

    /// The attribute's object identifier, in the open and under the signature.
    public static final String OID = EnvelopeOids.LETTER_HEADER;

    /// @throws IllegalArgumentException for another version, a counter below 1, or a seal id or commitment that is
    /// not 32 octets
    public LetterHeader {
        if (version != VERSION) {
            throw new IllegalArgumentException("letter version " + version + ", only " + VERSION + " is known");
        }
        if (counter < 1) {
            throw new IllegalArgumentException("counter " + counter + ", counters begin at 1");
        }
        sealId = Octets.require("seal id", sealId, Seal.ID_BYTES);
        commitment = Octets.require("commitment", commitment, Seal.COMMITMENT_BYTES);
    }

    /// Reads the DER of a header.
    ///
    /// @throws MalformedEnvelopeException unless these octets are exactly the DER of a header
    public static LetterHeader parse(byte[] der) throws MalformedEnvelopeException {
        if (der.length > MAX_BYTES) {
            throw new MalformedEnvelopeException("letter header of " + der.length + " octets, at most " + MAX_BYTES);
        }
        LetterHeader header;
        try {
            header = LetterStructure.header(DerCursor.of(der).enter(DerCursor.SEQUENCE));
        } catch (MalformedDerException | IllegalArgumentException | ArithmeticException e) {
            throw new MalformedEnvelopeException("letter header has another structure", e);
        }
        if (!Arrays.equals(header.der(), der)) {
            throw new MalformedEnvelopeException("letter header is not in its canonical form");
        }
        return header;
    }

    public byte[] der() {
        DerOutput out = new DerOutput(MAX_BYTES);
        LetterStructure.header(out, this);
        return out.toByteArray();
    }

    @Override
    public byte[] sealId() {
        return sealId.clone();
    }

    @Override
    public byte[] commitment() {
        return commitment.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LetterHeader that && Arrays.equals(der(), that.der());
    }

    @Override
    public int hashCode() {
        return Objects.hash(conversation, sender, chain, counter);
    }

    @Override
    public String toString() {
        return "letter " + counter + " of chain " + chain.hex() + " by " + sender.hex() + " in " + conversation.hex();
    }
}
