package org.chancery.server.config;

import java.time.Duration;

/// What the relay stores, and for how long.
///
/// @param keepAtLeast how long a letter stays that every reader has
/// @param keepAtMost how long a letter stays that somebody has not fetched
/// @param octetsPerAddress of letters and files that the devices of one address have sent and that are still kept;
///     beyond, no more are taken from it
/// @param diskReserve free octets of the disk below which no letters and no files are taken: acknowledgements,
/// revocations and the
///     removal of letters still find room
public record StorageBounds(Duration keepAtLeast, Duration keepAtMost, long octetsPerAddress, long diskReserve) {

    private static final Duration LONGEST = Duration.ofDays(3_660); // before what it checks

    /// A device that was away for a holiday finds everything. There is room for some of the longest files.
    public static final StorageBounds DEFAULT =
            new StorageBounds(Duration.ofDays(1), Duration.ofDays(30), 4L << 30, 256L << 20);

    /// @throws IllegalArgumentException naming the value out of range
    public StorageBounds {
        Range.check("keep-at-most", keepAtMost, Duration.ofSeconds(1), LONGEST);
        Range.check("keep-at-least", keepAtLeast, Duration.ZERO, keepAtMost);
        Range.check("storage-per-address", (double) octetsPerAddress, 1 << 20, 1e15);
        Range.check("disk-reserve", (double) diskReserve, 0, 1e15);
    }
}
