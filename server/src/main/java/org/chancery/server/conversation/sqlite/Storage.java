package org.chancery.server.conversation.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.conversation.Verdict;

/// How much each address has in the log, letters and wraps, whether that is all it may have with what lies
/// elsewhere, and whether the disk has room for more. What moved is written once a commit. The writer's alone.
final class Storage {

    private static final Duration DISK_RETRY = Duration.ofSeconds(30);
    private static final Duration QUOTA_RETRY = Duration.ofHours(1);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_REMEMBERED = 8192;

    private final StorageShares shares;
    private final FreeSpace disk;
    private final Map<Address, Long> octets = new HashMap<>();
    private final Set<Address> moved = new HashSet<>();
    private boolean full;
    private long lookedNanos = System.nanoTime() - LOOK_NANOS;

    /// Octets that the disk still has.
    interface FreeSpace {
        long octets() throws IOException;
    }

    Storage(StorageShares shares, FreeSpace disk) {
        this.shares = shares;
        this.disk = disk;
    }

    StorageBounds bounds() {
        return shares.bounds();
    }

    /// Why no more is taken from an address; empty if it is.
    Optional<Verdict.Refused> refusal(Sql sql, Address from, long more) throws SQLException {
        if (diskIsFull()) {
            return Optional.of(new Verdict.Refused(
                    ProtocolError.OUT_OF_SPACE, "the relay's disk is nearly full", Optional.of(DISK_RETRY)));
        }
        if (of(sql, from) + shares.elsewhere().applyAsLong(from) + more > bounds().octetsPerAddress()) {
            return Optional.of(new Verdict.Refused(
                    ProtocolError.QUOTA_EXCEEDED,
                    from + " has as much on the relay as it may, " + bounds().octetsPerAddress() + " octets",
                    Optional.of(QUOTA_RETRY)));
        }
        return Optional.empty();
    }

    /// Something of the address has been stored; negative if removed.
    void add(Sql sql, Address from, long more) throws SQLException {
        octets.put(from, Math.max(0, of(sql, from) + more));
        moved.add(from);
    }

    /// Writes what moved into the transaction.
    void write(Sql sql) throws SQLException {
        for (Address address : moved) {
            sql.update(
                    "INSERT INTO usage VALUES (?, ?) ON CONFLICT (address) DO UPDATE SET octets = excluded.octets",
                    address.value(),
                    octets.get(address));
        }
        moved.clear();
        if (octets.size() > MOST_REMEMBERED) {
            octets.clear();
        }
    }

    /// What an address has in the log, as far as that is committed.
    static long committed(Sql sql, Address from) throws SQLException {
        return sql.one("SELECT octets FROM usage WHERE address = ?", row -> row.getLong(1), from.value())
                .orElse(0L);
    }

    private long of(Sql sql, Address from) throws SQLException {
        Long known = octets.get(from);
        if (known == null) {
            known = committed(sql, from);
            octets.put(from, known);
        }
        return known;
    }

    private boolean diskIsFull() throws SQLException {
        long now = System.nanoTime();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            full = free() < bounds().diskReserve();
        }
        return full;
    }

    private long free() throws SQLException {
        try {
            return disk.octets();
        } catch (IOException e) {
            throw new SQLException("cannot see how much room the disk has: " + e.getMessage(), e);
        }
    }
}
