package org.chancery.pki.record;

import java.util.Arrays;
import org.chancery.pki.envelope.Digest;

/// The DER of a [SignedRecord], or what is said to be one: kept and passed on by who need not look inside. Immutable,
/// compared by content.
public final class EncodedRecord {
    private final byte[] der;

    private EncodedRecord(byte[] der) {
        this.der = der;
    }

    /// A record of these octets.
    ///
    /// @throws IllegalArgumentException unless there are 1 to [SignedRecord#MAX_BYTES]
    public static EncodedRecord of(byte[] der) {
        if (der.length == 0 || der.length > SignedRecord.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "record of " + der.length + " octets, must be 1 to " + SignedRecord.MAX_BYTES);
        }
        return new EncodedRecord(der.clone());
    }

    /// What it says, and who is said to have signed it.
    ///
    /// @throws RecordException MALFORMED if it is no record
    public SignedRecord parse() throws RecordException {
        return SignedRecord.parse(der);
    }

    public byte[] der() {
        return der.clone();
    }

    /// In octets.
    public int length() {
        return der.length;
    }

    /// The SHA-256 of its octets.
    public Digest hash() {
        return Digest.over(der);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedRecord that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "record of " + der.length + " octets";
    }
}
