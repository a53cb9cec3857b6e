package org.chancery.protocol.frame;

import java.util.Arrays;
import java.util.List;
import org.chancery.pki.record.SignedRecord;

/// Signed records as octets: a frame carries them and does not look inside.
final class Records {

    /// What one frame lists at most.
    static final int MAX_LISTED = 1024;

    private Records() {}

    static byte[] require(byte[] record) {
        if (record.length == 0 || record.length > SignedRecord.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "record of " + record.length + " octets, must be 1 to " + SignedRecord.MAX_BYTES);
        }
        return record.clone();
    }

    static List<byte[]> require(List<byte[]> records) {
        if (records.size() > MAX_LISTED) {
            throw new IllegalArgumentException(records.size() + " records, at most " + MAX_LISTED);
        }
        return records.stream().map(Records::require).toList();
    }

    static List<byte[]> copy(List<byte[]> records) {
        return records.stream().map(byte[]::clone).toList();
    }

    static boolean same(List<byte[]> one, List<byte[]> other) {
        return Arrays.deepEquals(one.toArray(), other.toArray());
    }
}
