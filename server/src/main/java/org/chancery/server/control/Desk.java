package org.chancery.server.control;

import java.nio.file.Path;
import java.util.List;

/// What a relay does for its administrator. Called on the control socket's threads, several at a time.
public interface Desk {

    /// How it is.
    RelayStatus status();

    /// Who is here, in order of address.
    List<SessionView> sessions();

    /// Ends the sessions of the one device whose id begins so.
    ControlAnswer disconnect(DevicePrefix device);

    /// Copies the log into a file while others go on writing it.
    ///
    /// @param overwrite whether a file of that name may be replaced
    ControlAnswer backup(Path file, boolean overwrite) throws InterruptedException;
}
