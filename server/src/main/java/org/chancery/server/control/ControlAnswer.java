package org.chancery.server.control;

import java.util.List;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What is answered over the control socket.
public sealed interface ControlAnswer {

    /// How it is.
    record Status(RelayStatus status) implements ControlAnswer {}

    /// Who is here.
    record Sessions(List<SessionView> sessions) implements ControlAnswer {
        public Sessions {
            sessions = List.copyOf(sessions);
        }
    }

    /// The device's sessions are ending.
    record Disconnected(Address address, DeviceId device, int sessions) implements ControlAnswer {}

    /// The copy is on disk.
    record BackedUp(long octets) implements ControlAnswer {}

    /// It was not done.
    ///
    /// @param sentence what happened, for a person
    record Refused(ControlRefusal refusal, String sentence) implements ControlAnswer {}
}
