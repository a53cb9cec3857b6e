package org.chancery.protocol.content;

import org.chancery.pki.name.Address;

/// Some characters of a text that stand for a person.
///
/// @param start of the first, in UTF-16 code units
/// @param length in the same, at least 1
public record Mention(int start, int length, Address address) {

    /// @throws IllegalArgumentException for a range that is none
    public Mention {
        if (start < 0 || length < 1 || start > Body.Text.MAX_CHARACTERS - length) {
            throw new IllegalArgumentException("a mention of " + length + " characters from " + start);
        }
    }

    /// The place behind the last character.
    public int end() {
        return start + length;
    }
}
