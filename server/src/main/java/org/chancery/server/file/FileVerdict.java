package org.chancery.server.file;

import java.time.Duration;
import java.util.Optional;
import org.chancery.protocol.frame.ProtocolError;

/// What became of something that a sender wanted with a file.
public sealed interface FileVerdict {

    /// Up to there it is on disk.
    record Committed(long offset) implements FileVerdict {}

    /// Written, and on disk with one of the next.
    record Written() implements FileVerdict {}

    /// Nothing was done.
    ///
    /// @param retryAfter where the same may be granted later
    record Refused(ProtocolError error, String detail, Optional<Duration> retryAfter) implements FileVerdict {

        Refused(ProtocolError error, String detail) {
            this(error, detail, Optional.empty());
        }
    }
}
