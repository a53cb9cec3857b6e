package org.chancery.bench.relay;

import java.io.IOException;
import java.net.Socket;
import java.util.List;

/// How a system is spoken to: as little of its protocol as measuring needs.
interface Dialect {

    /// Where a stream of messages comes from, ready to be written. One thread.
    interface Writer {
        /// The next message, with the time in it or remembered for it.
        byte[] next(long nowNanos);
    }

    /// What is said in the clear before TLS begins.
    default void beforeTls(Socket plain) throws IOException {}

    /// Says who it is, and waits until it is let in.
    void login(Link link) throws IOException;

    /// Has the readers get what the writer will say; all of them are logged in.
    ///
    /// @param topic a number of its own for each conversation
    Writer conversation(Link sender, List<Link> readers, int topic) throws IOException;

    /// Tells the link of each message and answer that is whole in its buffer, and takes them out.
    void understand(Link link) throws IOException;
}
