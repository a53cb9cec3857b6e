package org.chancery.dist.relay;

import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;

/// What lies at a place of a conversation: a letter, or a membership entry.
///
/// @param name of a letter, what makes it the same one; of an entry its hash
/// @param hash what the transcript covers of it
record Placed(String name, Digest hash, Digest transcript) {
    private static final String ENTRY = "entry ";

    static Placed letter(Letter letter, Digest transcript) {
        return new Placed(name(letter.header()), letter.hash(), transcript);
    }

    static Placed entry(Digest hash, Digest transcript) {
        return new Placed(entryName(hash), hash, transcript);
    }

    /// A letter, by device, chain and counter.
    static String name(LetterHeader header) {
        return header.sender().hex() + " " + header.chain().hex() + " " + header.counter();
    }

    static String entryName(Digest hash) {
        return ENTRY + hash.hex();
    }

    boolean isEntry() {
        return name.startsWith(ENTRY);
    }
}
