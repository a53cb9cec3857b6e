package org.chancery.client.engine;

import org.chancery.client.connection.RelayConnection;
import org.chancery.client.connection.Wire;

/// Where the engine ends: the network, and the cryptography of letters.
record Outworld(Dialer dialer, Sealing sealing) {
    /// Makes the way to the relay.
    interface Dialer {
        Wire wire(RelayConnection.Dial dial, RelayConnection.Listener ears);
    }
}
