package org.chancery.client.engine;

import org.chancery.client.connection.RelayConnection;
import org.chancery.client.connection.Wire;
import org.chancery.client.keys.DeviceKeys;

/// Where the engine ends: the network, the cryptography of letters, and the keys that they are sealed to.
record Outworld(Dialer dialer, Sealing sealing, DeviceKeys keys, KeyMaking making) {
    /// Makes the way to the relay.
    interface Dialer {
        Wire wire(RelayConnection.Dial dial, RelayConnection.Listener ears);
    }
}
