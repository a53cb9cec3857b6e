package org.chancery.protocol.frame;

import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What the directory is asked for.
public sealed interface Query {

    /// Every device of an address.
    record ByAddress(Address address) implements Query {}

    /// One device.
    record ByDevice(DeviceId device) implements Query {}

    /// Devices of the addresses that begin with the text, in order of address.
    ///
    /// @param prefix lower-case; empty for all
    /// @param limit entries wanted, 1 to [#MAX_LIMIT]
    record ByPrefix(String prefix, int limit) implements Query {

        /// A hundred entries with their chains are some 250 KiB, well inside a frame.
        public static final int MAX_LIMIT = 100;

        /// @throws IllegalArgumentException if the prefix is longer than an address or the limit out of range
        public ByPrefix {
            Check.text("prefix", prefix, 254);
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit " + limit + ", must be 1 to " + MAX_LIMIT);
            }
        }
    }
}
