package org.chancery.server.command;

import java.time.Duration;
import org.chancery.console.DurationConverter;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.config.StorageBounds;
import picocli.CommandLine.Option;

/// What a relay grants; every bound an option, so that every one can stand in `server.properties`.
final class BoundsOptions {

    @Option(names = "--max-connections", paramLabel = "N", description = "at any time. Default: 10000")
    private int maxConnections = ConnectionBounds.DEFAULT.total();

    @Option(
            names = "--max-connections-per-source",
            paramLabel = "N",
            description = "at any time from one IP address, of a global IPv6 address its /64. Default: 1000")
    private int maxConnectionsPerSource = ConnectionBounds.DEFAULT.perSource();

    @Option(
            names = "--max-connections-per-device",
            paramLabel = "N",
            description = "open at once of one device, of which the newest serves. Default: 4")
    private int maxConnectionsPerDevice = SessionBounds.DEFAULT.perDevice();

    @Option(
            names = "--max-handshakes",
            paramLabel = "N",
            description =
                    "under way at any time; for one more the oldest of the busiest source is given up. Default: 512")
    private int maxHandshakes = ConnectionBounds.DEFAULT.handshakes();

    @Option(
            names = "--handshake-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "to prove who one is. Default: 10s")
    private Duration handshakeTimeout = ConnectionBounds.DEFAULT.handshakeTimeout();

    @Option(
            names = "--failed-handshake-rate",
            paramLabel = "N/BURST",
            converter = RateConverter.class,
            description = "handshakes from one IP address that may fail, a second, and at once; while there are more,"
                    + " who comes from it is closed at once. Default: 5/50")
    private Rate failedHandshakes = ConnectionBounds.DEFAULT.failedHandshakes();

    @Option(
            names = "--hello-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "from there to the first frame. Default: 10s")
    private Duration helloTimeout = SessionBounds.DEFAULT.helloTimeout();

    @Option(
            names = "--max-frame-bytes",
            paramLabel = "N",
            description = "the longest frame from a client. Default: 1048576")
    private int maxFrameBytes = SessionBounds.DEFAULT.maxFrameBytes();

    @Option(
            names = "--ping-after",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "silence after which a client is asked whether it is there. Default: 30s")
    private Duration pingAfter = SessionBounds.DEFAULT.pingAfter();

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "silence after which a session ends. Default: 75s")
    private Duration idleTimeout = SessionBounds.DEFAULT.idleTimeout();

    @Option(
            names = "--delivery-window",
            paramLabel = "N",
            description = "letters under way unacknowledged, a device. Default: 256")
    private int deliveryWindow = SessionBounds.DEFAULT.deliveryWindow();

    @Option(
            names = "--queued-frames",
            paramLabel = "N",
            description = "answers that wait for a client that does not read. Default: 1024")
    private int queuedFrames = SessionBounds.DEFAULT.queuedFrames();

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long sessions have to end when the relay stops. Default: 5s")
    private Duration drainTimeout = SessionBounds.DEFAULT.drainTimeout();

    @Option(
            names = "--come-back-in",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "what clients are told then. Default: 2s")
    private Duration comeBackIn = SessionBounds.DEFAULT.comeBackIn();

    @Option(
            names = "--frame-rate",
            paramLabel = "N/BURST",
            converter = RateConverter.class,
            description = "frames of a device a second, and at once; more are read more slowly. Default: 1000/20000")
    private Rate frameRate = RateBounds.DEFAULT.frames();

    @Option(
            names = "--octet-rate",
            paramLabel = "N/BURST",
            converter = RateConverter.class,
            description = "octets of a device likewise. Default: 4194304/67108864")
    private Rate octetRate = RateBounds.DEFAULT.octets();

    @Option(
            names = "--letter-rate",
            paramLabel = "N/BURST",
            converter = RateConverter.class,
            description = "letters of a device a second, and at once; more are refused. Default: 50/1000")
    private Rate letterRate = RateBounds.DEFAULT.letters();

    @Option(names = "--max-rooms", paramLabel = "N", description = "that an address belongs to. Default: 1000")
    private int maxRooms = RoomBounds.DEFAULT.roomsPerAccount();

    @Option(
            names = "--max-members",
            paramLabel = "N",
            description = "of a room, the invited included, 2 to 1024. Default: 1000")
    private int maxMembers = RoomBounds.DEFAULT.members();

    @Option(
            names = "--max-invitations",
            paramLabel = "N",
            description = "open in a room, and for an address, 1 to 1024. Default: 256")
    private int maxInvitations = RoomBounds.DEFAULT.invitations();

    @Option(
            names = "--query-rate",
            paramLabel = "N/BURST",
            converter = RateConverter.class,
            description = "directory queries of a device likewise. Default: 20/500")
    private Rate queryRate = RateBounds.DEFAULT.queries();

    @Option(
            names = "--keep-at-least",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long a letter stays that all its readers have. Default: 1d")
    private Duration keepAtLeast = StorageBounds.DEFAULT.keepAtLeast();

    @Option(
            names = "--keep-at-most",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long a letter stays that somebody has not fetched. Default: 30d")
    private Duration keepAtMost = StorageBounds.DEFAULT.keepAtMost();

    @Option(
            names = "--storage-per-address",
            paramLabel = "N",
            description = "octets of letters and files from one address that are kept; more are refused."
                    + " Default: 4294967296")
    private long storagePerAddress = StorageBounds.DEFAULT.octetsPerAddress();

    @Option(
            names = "--keep-files",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long a file stays. Default: 7d")
    private Duration keepFiles = FileBounds.DEFAULT.keep();

    @Option(
            names = "--max-files",
            paramLabel = "N",
            description = "of one address that are kept, unfinished ones included. Default: 1000")
    private int maxFiles = FileBounds.DEFAULT.perAddress();

    @Option(
            names = "--file-rate",
            paramLabel = "N/BURST",
            converter = RateConverter.class,
            description = "requests about files of a device likewise, a fetched MiB being one. Default: 50/200")
    private Rate fileRate = FileBounds.DEFAULT.requests();

    @Option(
            names = "--disk-reserve",
            paramLabel = "N",
            description = "free octets of the disk below which letters and files are refused. Default: 268435456")
    private long diskReserve = StorageBounds.DEFAULT.diskReserve();

    /// @throws IllegalArgumentException naming the value out of range
    StorageBounds storage() {
        return new StorageBounds(keepAtLeast, keepAtMost, storagePerAddress, diskReserve);
    }

    /// @throws IllegalArgumentException naming the value out of range
    FileBounds files() {
        return new FileBounds(keepFiles, maxFiles, fileRate);
    }

    /// @throws IllegalArgumentException naming the value out of range
    ConnectionBounds connections() {
        return new ConnectionBounds(
                maxConnections, maxConnectionsPerSource, maxHandshakes, handshakeTimeout, failedHandshakes);
    }

    /// @throws IllegalArgumentException naming the value out of range
    RateBounds rates() {
        return new RateBounds(frameRate, octetRate, letterRate, queryRate);
    }

    /// @throws IllegalArgumentException naming the value out of range
    RoomBounds rooms() {
        return new RoomBounds(maxRooms, maxMembers, maxInvitations);
    }

    /// @throws IllegalArgumentException naming the value out of range
    SessionBounds sessions() {
        return new SessionBounds(
                maxConnectionsPerDevice,
                helloTimeout,
                maxFrameBytes,
                pingAfter,
                idleTimeout,
                deliveryWindow,
                queuedFrames,
                drainTimeout,
                comeBackIn);
    }
}
