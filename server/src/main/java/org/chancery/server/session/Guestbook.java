package org.chancery.server.session;

import org.chancery.protocol.channel.Peer;

/// Hears of who comes and goes, on the session's thread.
public interface Guestbook {

    /// A device has been greeted.
    void connected(Peer peer);

    /// A device that had been greeted is gone.
    void disconnected(Peer peer, SessionEnd end);
}
