package org.chancery.server.config;

import java.time.Duration;

/// What the relay keeps of files. Their octets count with those of letters ([StorageBounds]).
///
/// @param keep how long a file stays that is there for others
/// @param perAddress files of one address, unfinished ones included
/// @param requests about files of one device that are granted; more are refused, with when to come again. A megabyte
///     that is fetched is a request
public record FileBounds(Duration keep, int perAddress, Rate requests) {

    private static final Duration LONGEST = Duration.ofDays(3_660); // before what it checks

    /// A file is there over a long weekend. Fifty megabytes a second are as much as most networks carry.
    public static final FileBounds DEFAULT = new FileBounds(Duration.ofDays(7), 1_000, new Rate(50, 200));

    /// @throws IllegalArgumentException naming the value out of range
    public FileBounds {
        Range.check("keep-files", keep, Duration.ofSeconds(1), LONGEST);
        Range.check("max-files", perAddress, 1, 100_000);
        Range.check("file-rate a second", requests.perSecond(), 1, 1e9);
        Range.check("file-rate at once", requests.burst(), 1, 1e9);
    }
}
