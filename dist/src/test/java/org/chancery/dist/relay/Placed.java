package org.chancery.dist.relay;

import java.util.Arrays;
import java.util.HexFormat;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;

/// What lies at a place of a conversation: a letter, or a membership entry.
///
/// @param name of a letter, what makes it the same one; of an entry its hash
/// @param hash what the transcript covers of it
@SuppressWarnings("ArrayRecordComponent") // compared by content, in `same`
record Placed(String name, byte[] hash, byte[] transcript) {
    private static final String ENTRY = "entry ";

    static Placed letter(Letter letter, byte[] transcript) {
        return new Placed(name(letter.header()), letter.hash(), transcript);
    }

    static Placed entry(byte[] hash, byte[] transcript) {
        return new Placed(entryName(hash), hash, transcript);
    }

    /// A letter, by device, chain and counter.
    static String name(LetterHeader header) {
        return header.sender().hex() + " " + header.chain().hex() + " " + header.counter();
    }

    static String entryName(byte[] hash) {
        return ENTRY + HexFormat.of().formatHex(hash);
    }

    boolean isEntry() {
        return name.startsWith(ENTRY);
    }

    boolean same(Placed other) {
        return name.equals(other.name)
                && Arrays.equals(hash, other.hash)
                && Arrays.equals(transcript, other.transcript);
    }
}
