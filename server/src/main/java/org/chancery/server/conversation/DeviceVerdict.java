package org.chancery.server.conversation;

import java.util.Optional;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.ProtocolError;

/// What became of an entry for a device chain.
public sealed interface DeviceVerdict {

    /// It is on disk: now, or since an earlier attempt.
    ///
    /// @param position in the chain, from 1
    /// @param gone the device that it takes from the chain
    record Entered(int position, Optional<DeviceId> gone) implements DeviceVerdict {}

    /// It was not appended, and nothing changed.
    ///
    /// @param detail for the sender and the log
    record Refused(ProtocolError error, String detail) implements DeviceVerdict {}
}
