package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;

/// The table of devices that ask to join a chain.
final class DeviceOffers {

    private DeviceOffers() {}

    /// Those of others than the one that asks.
    static int others(Sql sql, DeviceOffer offer) throws SQLException {
        return sql.one(
                        "SELECT count(*) FROM device_offer WHERE address = ? AND device <> ?",
                        row -> row.getInt(1),
                        offer.address().value(),
                        offer.device().bytes())
                .orElseThrow();
    }

    static void put(Sql sql, DeviceOffer offer, Instant now) throws SQLException {
        sql.update("""
                INSERT INTO device_offer VALUES (?, ?, ?, ?) ON CONFLICT (device) DO UPDATE SET
                  address = excluded.address, offered_at = excluded.offered_at, record = excluded.record""", offer.device().bytes(), offer.address().value(), now.toEpochMilli(), offer.record());
    }

    /// The chain has gone on: none of them follows its last entry any longer.
    static void forget(Sql sql, Address address) throws SQLException {
        sql.update("DELETE FROM device_offer WHERE address = ?", address.value());
    }

    static void forgetLapsed(Sql sql, Instant now) throws SQLException {
        sql.update("DELETE FROM device_offer WHERE offered_at < ?", eldest(now));
    }

    /// Those that can be countersigned, the one that has waited longest first.
    static List<EncodedRecord> of(Sql sql, Address address, Instant now) throws SQLException {
        return sql.all("""
                SELECT o.record FROM device_offer o JOIN device d ON d.id = o.device
                WHERE o.address = ? AND o.offered_at >= ? AND d.revoked = 0 AND d.ended = 0
                ORDER BY o.offered_at, o.device LIMIT ?""", row -> Sql.record(row, 1), address.value(), eldest(now), DirectoryAnswer.MOST_OFFERS);
    }

    private static long eldest(Instant now) {
        return now.minus(DeviceOffer.LIFE).toEpochMilli();
    }
}
