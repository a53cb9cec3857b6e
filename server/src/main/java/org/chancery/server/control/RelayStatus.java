package org.chancery.server.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a relay is.
///
/// @param listen where it accepts, as it is written
/// @param process its number
/// @param notReady why some are not let in, or nobody is; empty if everybody is
/// @param devices that are here
/// @param connections of those, greeted or not; handshakes under way are not among them
/// @param incarnation of the log
/// @param logBytes on disk
/// @param diskFreeBytes for it to grow
/// @param certificateNotAfter when the relay's own ends
public record RelayStatus(
        String listen,
        long process,
        Instant startedAt,
        Optional<String> notReady,
        int devices,
        int connections,
        String incarnation,
        long logBytes,
        long diskFreeBytes,
        Instant certificateNotAfter,
        List<CrlView> crls) {

    public RelayStatus {
        crls = List.copyOf(crls);
    }

    /// A CRL that counts.
    ///
    /// @param issuer from its octets: not fit to be shown as it is
    public record CrlView(String issuer, Instant thisUpdate, Instant nextUpdate) {}
}
