package org.chancery.pki.pem;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// PEM in and out: the strict form of RFC 7468 section 3, so that what is accepted encodes again to the same text.
///
/// Around the blocks any text may stand (`openssl x509 -text` writes it), inside them nothing but Base64: no
/// headers, no blanks, lines of exactly 64 characters but the last, canonical padding. Lines end in LF or CRLF.
public final class Pem {
    /// Largest input; a CRL of a hundred thousand entries is a quarter of it.
    public static final int MAX_OCTETS = 16 * 1024 * 1024;
    /// Most blocks in one input.
    public static final int MAX_BLOCKS = 4096;

    static final int LINE = 64;

    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    /// One encapsulated object.
    ///
    /// @param der what the Base64 stood for; not parsed
    @SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
    public record Block(PemLabel label, byte[] der) {
        public Block {
            der = der.clone();
        }

        @Override
        public byte[] der() {
            return der.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Block block && label == block.label && Arrays.equals(der, block.der);
        }

        @Override
        public int hashCode() {
            return 31 * label.hashCode() + Arrays.hashCode(der);
        }

        /// Names the label and size only: the block may be a private key.
        @Override
        public String toString() {
            return label.text() + ", " + der.length + " octets";
        }
    }

    /// One block, lines of 64, each ended by LF.
    public static String encode(PemLabel label, byte[] der) {
        return "-----BEGIN " + label.text() + "-----\n"
                + ENCODER.encodeToString(der)
                + "\n-----END " + label.text() + "-----\n";
    }

    /// Every block of a text, in order; at least one.
    ///
    /// @throws MalformedPemException if it holds no block, one that is not strict, or too much
    public static List<Block> parse(byte[] pem) throws MalformedPemException {
        requireSize(pem);
        List<Block> blocks = new PemReader(new String(pem, StandardCharsets.ISO_8859_1)).blocks();
        if (blocks.isEmpty()) {
            throw new MalformedPemException(PemFailure.NO_BLOCK, "no PEM block found");
        }
        return blocks;
    }

    /// The objects of a file that is PEM with any number of blocks, or a single DER object. Blocks with other
    /// labels are passed over, since files often hold a key beside its certificate.
    ///
    /// @return at least one; from DER exactly one, whose kind the caller finds out by parsing it
    /// @throws MalformedPemException if it is neither, or has no block with that label
    public static List<byte[]> derOf(byte[] pemOrDer, PemLabel label) throws MalformedPemException {
        requireSize(pemOrDer);
        if (isOneDerSequence(pemOrDer)) {
            return List.of(pemOrDer.clone());
        }
        List<byte[]> found = parse(pemOrDer).stream()
                .filter(block -> block.label() == label)
                .map(Block::der)
                .toList();
        if (found.isEmpty()) {
            throw new MalformedPemException(PemFailure.NO_BLOCK, "no block with label " + label.text());
        }
        return found;
    }

    private static void requireSize(byte[] input) throws MalformedPemException {
        if (input.length > MAX_OCTETS) {
            throw new MalformedPemException(PemFailure.TOO_LARGE, input.length + " octets, at most " + MAX_OCTETS);
        }
    }

    /// Whether the input is one SEQUENCE whose length is its own: text never is, even if it begins with `0` (0x30).
    private static boolean isOneDerSequence(byte[] input) {
        if (input.length < 2 || input[0] != 0x30) {
            return false;
        }
        int first = input[1] & 0xff;
        if (first < 0x80) {
            return input.length == 2 + first;
        }
        int lengthOctets = first & 0x7f;
        // Three octets of length reach beyond MAX_OCTETS, four may be needed for exactly that; more never are.
        if (lengthOctets == 0 || lengthOctets > 4 || input.length < 2 + lengthOctets) {
            return false;
        }
        long length = 0;
        for (int i = 0; i < lengthOctets; i++) {
            length = (length << 8) | (input[2 + i] & 0xff);
        }
        return input.length == 2 + lengthOctets + length;
    }
}
