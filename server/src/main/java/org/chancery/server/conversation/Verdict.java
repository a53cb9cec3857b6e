package org.chancery.server.conversation;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
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
    /// @param unknown the membership entries that its sender did not know
    record Refused(ProtocolError error, String detail, Optional<Duration> retryAfter, Optional<Unknown> unknown)
            implements Verdict {

        /// With nothing that its sender did not know.
        public Refused(ProtocolError error, String detail, Optional<Duration> retryAfter) {
            this(error, detail, retryAfter, Optional.empty());
        }

        /// A refusal that time does not heal.
        public Refused(ProtocolError error, String detail) {
            this(error, detail, Optional.empty());
        }
    }

    /// Entries of a room: named, for they are long and an answer may wait.
    ///
    /// @param after those behind this place
    record Unknown(ConversationId room, long after) {}
}
