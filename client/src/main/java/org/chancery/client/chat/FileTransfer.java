package org.chancery.client.chat;

import java.nio.file.Path;
import java.util.Optional;

/// A file on its way, as it is shown.
///
/// @param id of the transfer, while this program runs
/// @param path where it is sent from, or to be saved
/// @param done octets, of `total`, which is 0 before it is known
/// @param sentence why it waits, or failed
public record FileTransfer(
        long id, Direction direction, Path path, long done, long total, State state, Optional<String> sentence) {
    /// Which way.
    public enum Direction {
        SENT,
        FETCHED
    }

    /// How it stands.
    public enum State {
        /// Under way, or behind others.
        MOVING,
        /// For a moment to come, or a connection.
        WAITING,
        /// Its message is queued; or it lies where it was wanted.
        DONE,
        /// It will not be.
        FAILED,
        /// It was given up.
        CANCELLED
    }

    /// The same, so far along.
    public FileTransfer at(long octets, long of) {
        return new FileTransfer(id, direction, path, octets, of, State.MOVING, Optional.empty());
    }

    /// The same, as it stands now.
    public FileTransfer become(State next, Optional<String> why) {
        return new FileTransfer(id, direction, path, done, total, next, why);
    }
}
