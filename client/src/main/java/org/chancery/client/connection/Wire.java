package org.chancery.client.connection;

import org.chancery.protocol.frame.Frame;

/// The way to the relay, as the messenger uses it. What comes back is heard by a [RelayConnection.Listener].
public interface Wire extends AutoCloseable {
    /// Begins to connect.
    void start();

    /// Queues a frame for the relay. Without a connection it is dropped: who sends hears of every loss, and
    /// says again what matters. Never blocks.
    void send(Frame frame);

    /// Cuts the connection and makes another, e.g. because the relay's backlog outgrew what can be held.
    void reset();

    /// Ends the connection for good: what the relay proved in the handshake turns out not to be enough.
    void refuse(Loss.Final why);

    /// Ends the wait for the next attempt.
    void retryNow();

    /// Lets what was said leave, and ends the connection. Waits for two seconds at most, not at all when
    /// interrupted.
    @Override
    void close();
}
