package org.chancery.pki.sealing;

import java.security.cert.X509Certificate;
import java.util.List;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;

/// What stands inside a letter, given to a reader who has opened it: for a fuzzer, which never gets past the tag of the
/// encryption. Every member of a conversation does.
public final class SignedLetterInput {
    private static final Room ROOM = new Room();
    private static final X509Certificate SIGNER = ROOM.alice.chain().leaf();

    private SignedLetterInput() {}

    /// One input, checked as far as it goes.
    public static void eat(byte[] input) throws Exception {
        try {
            SignedLetter signed = SignedLetter.parse(input);
            signed.requirePurpose(ContentPurpose.CONTENT);
            signed.content();
            signed.signingTime();
            signed.requireSignatureOf(SIGNER, ContentPurpose.CONTENT, header());
        } catch (EnvelopeException declared) {
            return;
        }
    }

    private static LetterHeader header() {
        return Held.LETTER.header();
    }

    /// What alice has really signed.
    public static List<byte[]> seeds() throws Exception {
        return List.of(ROOM.openAsBob(ROOM.deliver(Held.EPOCH, Held.LETTER)).signedData());
    }

    private static final class Held {
        static final SealedEpoch EPOCH = epoch();
        static final Letter LETTER = letter();

        private static SealedEpoch epoch() {
            try {
                return ROOM.epoch();
            } catch (EnvelopeException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Letter letter() {
            try {
                return ROOM.letter(EPOCH, 1, "what is said");
            } catch (EnvelopeException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
