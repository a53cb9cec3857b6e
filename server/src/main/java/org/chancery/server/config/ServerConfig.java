package org.chancery.server.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A relay's configuration.
///
/// @param listen where connections are accepted; port 0 takes a free one
/// @param dataDirectory holds the log; one relay at a time
/// @param crls where they are watched for; with none, revocation is not checked
/// @param revocationGrace how long after its nextUpdate a CRL still counts, 0 to 30 days
/// @param connections who may knock
/// @param sessions who may stay
/// @param rates what each device may take
/// @param storage what is kept, and for how long
/// @param files what is kept of files
/// @param rooms how many there may be, and how large
/// @param metrics where whoever watches the relay asks, a loopback address; empty for nowhere
public record ServerConfig(
        InetSocketAddress listen,
        Path dataDirectory,
        List<CrlLocation> crls,
        Duration revocationGrace,
        ConnectionBounds connections,
        SessionBounds sessions,
        RateBounds rates,
        StorageBounds storage,
        FileBounds files,
        RoomBounds rooms,
        Optional<InetSocketAddress> metrics) {

    private static final Duration LONGEST_GRACE = Duration.ofDays(30);

    /// What is told there is for nobody outside this machine.
    private static void requireLoopback(InetSocketAddress address) {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "metrics is on " + address.getAddress().getHostAddress() + ", must be a loopback address");
        }
    }

    /// @throws IllegalArgumentException naming the value out of range
    public ServerConfig {
        crls = List.copyOf(crls);
        Range.check("revocation-grace", revocationGrace, Duration.ZERO, LONGEST_GRACE);
        metrics.ifPresent(ServerConfig::requireLoopback);
    }
}
