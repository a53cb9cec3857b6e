package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.Clocks;
import org.chancery.protocol.key.EnvelopeKey;

/// Which devices letters are sealed to: those on their owner's chain, not revoked, not ended, whose certificate has
/// not run out, and whose newest envelope key began within thirty days. A device with an older one is dormant.
///
/// Where a device has never published a key, the key of its certificate stands for one, with the number 0; where no
/// chain has begun, every device of the address counts. Clients begin with both before anything else, and seal to
/// nobody who has not: this is for who speaks the protocol by half.
///
/// Senders judge by their own clocks, so at the end of the thirty days there are some minutes in which a device may be
/// sealed to and need not.
final class Receivers {

    /// Of one device that is wrapped for.
    ///
    /// @param address whose it is; empty if it must not be wrapped for
    /// @param keyNumber of its newest key; 0 if it has none
    /// @param until when this changes by itself
    record Standing(Optional<Address> address, int keyNumber, Instant until) {
        private static final Standing NONE = new Standing(Optional.empty(), 0, Instant.MIN);
    }

    private static final String FROM = """
            FROM device d LEFT JOIN device_chain h ON h.address = d.address
            LEFT JOIN chain_device c ON c.address = d.address AND c.device = d.id AND c.ended = 0
            LEFT JOIN envelope_key k ON k.device = d.id
            WHERE d.revoked = 0 AND d.ended = 0 AND (h.address IS NULL OR c.device IS NOT NULL)""";

    /// As good as never: what has no key does not become dormant.
    private static final long NEVER = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    private Receivers() {}

    /// The devices of an address that have to be wrapped for, and until when that stands.
    static Map<DeviceId, Instant> of(Sql sql, Address address, Instant now) throws SQLException {
        Duration life = EnvelopeKey.ACCEPTED_FOR.minus(Clocks.MAX_SKEW);
        Map<DeviceId, Instant> ends = new HashMap<>();
        sql.each(
                "SELECT d.id, d.not_after, coalesce(k.start, ?) " + FROM + " AND d.address = ? AND d.not_after >= ?"
                        + " AND (k.start > ? OR (k.device IS NULL AND h.address IS NULL AND d.receives = 1))",
                row -> {
                    Instant dormant = Instant.ofEpochMilli(row.getLong(3)).plus(life);
                    Instant expired = Instant.ofEpochMilli(row.getLong(2));
                    ends.put(DeviceId.ofBytes(row.getBytes(1)), dormant.isBefore(expired) ? dormant : expired);
                    return true;
                },
                NEVER,
                address.value(),
                now.toEpochMilli(),
                now.minus(life).toEpochMilli());
        return ends;
    }

    /// A device that is wrapped for. Its certificate may have run out, which its senders need not know yet.
    static Standing standing(Sql sql, DeviceId device, Instant now) throws SQLException {
        Duration life = EnvelopeKey.ACCEPTED_FOR.plus(Clocks.MAX_SKEW);
        return sql.one(
                        "SELECT d.address, coalesce(k.number, 0), coalesce(k.start, ?) " + FROM + " AND d.id = ?"
                                + " AND (k.start > ? OR (k.device IS NULL AND d.receives = 1))",
                        row -> new Standing(
                                Optional.of(new Address(row.getString(1))),
                                row.getInt(2),
                                Instant.ofEpochMilli(row.getLong(3)).plus(life)),
                        NEVER,
                        device.bytes(),
                        now.minus(life).toEpochMilli())
                .orElse(Standing.NONE);
    }
}
