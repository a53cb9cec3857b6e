package org.chancery.server.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.ProtocolError;

/// What became of a [Publication], or of a membership entry.
public sealed interface Verdict {

    /// It is on disk: now, or since an earlier attempt.
    ///
    /// @param sequence its place in the conversation, from 1
    /// @param transcript the conversation's hash up to and including it
    /// @param readers the devices it is for, without the one it comes from
    /// @param opened the members, if it opened the conversation; else none
    record Appended(long sequence, Digest transcript, Set<DeviceId> readers, Set<Address> opened) implements Verdict {
        public Appended {
            readers = Set.copyOf(readers);
            opened = Set.copyOf(opened);
        }
    }

    /// It was not appended, and nothing changed.
    ///
    /// @param detail for the sender and the log
    /// @param retryAfter where it may be appended later
    /// @param changes the records of the membership entries that its sender did not know, first to last; those
    /// that fit into an answer
    record Refused(ProtocolError error, String detail, Optional<Duration> retryAfter, List<byte[]> changes)
            implements Verdict {
        public Refused {
            changes = List.copyOf(changes);
        }

        /// With nothing that its sender did not know.
        public Refused(ProtocolError error, String detail, Optional<Duration> retryAfter) {
            this(error, detail, retryAfter, List.of());
        }

        /// A refusal that time does not heal.
        public Refused(ProtocolError error, String detail) {
            this(error, detail, Optional.empty());
        }
    }
}
