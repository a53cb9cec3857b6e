package org.chancery.protocol.device;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;

/// What two people compare to know that neither relay nor authority stands between them: over both addresses
/// and the first entry of each one's device chain. Devices that join, are renewed or end leave it as it is; a
/// chain that starts anew changes it. The same on both sides.
///
/// ```
/// party  = address, 0, hash of the first entry of its chain
/// text   = "chancery safety number v1", 0, party of the lower address, party of the higher
/// octets = SHA-256(text, 1), SHA-256(text, 2)
/// ```
///
/// Each of the first twelve times five octets, as an unsigned number, most significant first, modulo 100,000
/// gives five digits. Addresses are compared octet by octet.
///
/// @param digits sixty
public record SafetyNumber(String digits) {

    /// One side of it.
    ///
    /// @param first hash of the first entry of the device chain
    public record Party(Address address, Digest first) {}

    private static final String LABEL = "chancery safety number v1\0";

    /// In front of the digits where a machine reads them: letters that a QR code packs as tightly as digits.
    private static final String SCANNED = "CHANCERY1:";

    private static final int GROUPS = 12;
    private static final int GROUP_DIGITS = 5;
    private static final int GROUP_OCTETS = 5;
    private static final long GROUP_RANGE = 100_000;
    private static final int DIGITS = GROUPS * GROUP_DIGITS;

    /// Nothing longer is looked at: the digits, with spaces wherever one likes them.
    private static final int MAX_TEXT = 256;

    /// @throws IllegalArgumentException unless these are sixty digits
    public SafetyNumber {
        if (digits.length() != DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("a safety number is " + DIGITS + " digits");
        }
    }

    /// The number of two people.
    ///
    /// @throws IllegalArgumentException for one and the same
    public static SafetyNumber of(Party one, Party other) {
        int order = one.address().value().compareTo(other.address().value()); // ASCII both
        if (order == 0) {
            throw new IllegalArgumentException("a safety number is between two people");
        }
        byte[] lower = octets(order < 0 ? one : other);
        byte[] higher = octets(order < 0 ? other : one);
        byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
        byte[] octets = new byte[2 * Digest.BYTES];
        for (int half = 0; half < 2; half++) {
            byte[] hash = Digest.over(label, lower, higher, new byte[] {(byte) (half + 1)})
                    .bytes();
            System.arraycopy(hash, 0, octets, half * Digest.BYTES, Digest.BYTES);
        }
        StringBuilder digits = new StringBuilder(DIGITS);
        for (int group = 0; group < GROUPS; group++) {
            long number = 0;
            for (int octet = 0; octet < GROUP_OCTETS; octet++) {
                number = (number << Byte.SIZE) | (octets[group * GROUP_OCTETS + octet] & 0xff);
            }
            String five = Long.toString(number % GROUP_RANGE);
            digits.append("0".repeat(GROUP_DIGITS - five.length())).append(five);
        }
        return new SafetyNumber(digits.toString());
    }

    private static byte[] octets(Party party) {
        byte[] address = (party.address().value() + '\0').getBytes(StandardCharsets.US_ASCII);
        byte[] octets = new byte[address.length + Digest.BYTES];
        System.arraycopy(address, 0, octets, 0, address.length);
        System.arraycopy(party.first().bytes(), 0, octets, address.length, Digest.BYTES);
        return octets;
    }

    /// The number that was scanned, or typed with spaces wherever one likes them; empty if it is none.
    public static Optional<SafetyNumber> read(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        String stripped = text.strip();
        String digits =
                (stripped.startsWith(SCANNED) ? stripped.substring(SCANNED.length()) : stripped).replaceAll("\\s", "");
        return digits.matches("[0-9]{" + DIGITS + "}") ? Optional.of(new SafetyNumber(digits)) : Optional.empty();
    }

    /// What a QR code of it says.
    public String scanned() {
        return SCANNED + digits;
    }

    /// Twelve groups of five digits, as people read them to each other.
    public List<String> groups() {
        List<String> groups = new ArrayList<>();
        for (int at = 0; at < DIGITS; at += GROUP_DIGITS) {
            groups.add(digits.substring(at, at + GROUP_DIGITS));
        }
        return groups;
    }

    @Override
    public String toString() {
        return String.join(" ", groups());
    }
}
