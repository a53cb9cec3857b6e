package org.chancery.pki.envelope;

import java.nio.charset.StandardCharsets;
import org.chancery.pki.name.Address;

/// Which conversation a letter belongs to: 32 octets, written as lower-case hex.
public record ConversationId(String hex) {
    public static final int BYTES = 32;

    private static final byte[] DIRECT_LABEL = "chancery direct v1\0".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SEPARATOR = {0};

    private static final byte[] ROOM_LABEL = "chancery room v1\0".getBytes(StandardCharsets.US_ASCII);

    /// @throws IllegalArgumentException unless `hex` is 64 lower-case hexadecimal digits
    public ConversationId {
        Octets.requireHex("conversation", hex, BYTES);
    }

    /// Reads the 32 octets themselves.
    ///
    /// @throws IllegalArgumentException unless there are 32 octets
    public static ConversationId ofBytes(byte[] octets) {
        return new ConversationId(Octets.hex(octets));
    }

    /// The conversation between two people, the same whoever asks: SHA-256 over the label, a zero octet, the
    /// lower address, a zero octet and the higher one. An address has no zero octet, so no two pairs give the
    /// same input.
    public static ConversationId direct(Address one, Address other) {
        boolean ordered = one.compareTo(other) <= 0;
        return ofDigest(
                Digest.over(DIRECT_LABEL, octets(ordered ? one : other), SEPARATOR, octets(ordered ? other : one)));
    }

    /// The room that an entry creates: SHA-256 over the label, a zero octet, and the hash of the create's
    /// record. Who knows the room's id cannot be shown another beginning of it.
    public static ConversationId room(Digest create) {
        return ofDigest(Digest.over(ROOM_LABEL, create.bytes()));
    }

    private static ConversationId ofDigest(Digest digest) {
        return new ConversationId(digest.hex());
    }

    private static byte[] octets(Address address) {
        return address.value().getBytes(StandardCharsets.US_ASCII);
    }

    public byte[] bytes() {
        return Octets.bytes(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
