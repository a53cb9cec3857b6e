package org.chancery.server.control;

import java.nio.file.Path;

/// What may be asked over the control socket.
public sealed interface ControlRequest {

    /// How is the relay?
    record Status() implements ControlRequest {}

    /// Who is here?
    record Sessions() implements ControlRequest {}

    /// Send that device away.
    record Disconnect(DevicePrefix device) implements ControlRequest {}

    /// Copy the log.
    ///
    /// @param file absolute: the relay has another working directory
    record Backup(Path file, boolean overwrite) implements ControlRequest {
        public Backup {
            if (!file.isAbsolute()) {
                throw new IllegalArgumentException("a path that means one thing here and another there");
            }
        }
    }
}
