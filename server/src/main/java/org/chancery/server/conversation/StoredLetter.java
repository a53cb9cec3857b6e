package org.chancery.server.conversation;

import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;

/// A letter at its place, as one device would get it.
///
/// @param wrap the reader's; empty if the letter is not for it (it wrote the letter, or came later)
public record StoredLetter(PlacedLetter placed, Optional<Wrap> wrap) {

    public long sequence() {
        return placed.sequence();
    }

    public Instant acceptedAt() {
        return placed.acceptedAt();
    }

    public Digest transcript() {
        return placed.transcript();
    }

    public Letter letter() {
        return placed.letter();
    }

    /// The address of the sending device.
    public Address from() {
        return placed.from();
    }

    /// The transcript vouches for everything else.
    @Override
    public boolean equals(Object other) {
        return other instanceof StoredLetter that
                && sequence() == that.sequence()
                && transcript().equals(that.transcript())
                && wrap.equals(that.wrap);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(sequence()) + transcript().hashCode();
    }

    @Override
    public String toString() {
        return "StoredLetter[" + placed + "]";
    }
}
