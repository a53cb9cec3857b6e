package org.chancery.console;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// One request and one answer a connection, with a bound on how long the request may take to arrive and the answer to
/// be taken.
///
/// @param <Q> requests
/// @param <A> answers
public final class ControlExchange<Q, A> implements ControlListener.Host {
    /// Both sides are on one machine.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// What is asked and answered. Bounds what it reads.
    public interface Service<Q, A> {
        /// Reads a request.
        ///
        /// @throws IOException if it is none
        Q read(DataInputStream in) throws IOException;

        /// Does what is asked, however long that takes.
        A answer(Q request) throws InterruptedException;

        /// Writes the answer.
        void write(DataOutputStream out, A answer) throws IOException;
    }

    private final Service<Q, A> service;
    private final Duration patience;

    public ControlExchange(Service<Q, A> service) {
        this(service, PATIENCE);
    }

    /// @param patience for a request to arrive, and for an answer to be taken
    ControlExchange(Service<Q, A> service, Duration patience) {
        this.service = service;
        this.patience = patience;
    }

    @Override
    public void serve(SocketChannel guest) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(guest));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(guest)));
        Q request = read(guest, in);
        A answer = service.answer(request);
        try (Deadline _ = Deadline.in(patience, guest)) {
            service.write(out, answer);
            out.flush();
        }
    }

    private Q read(SocketChannel guest, DataInputStream in) throws IOException {
        try (Deadline _ = Deadline.in(patience, guest)) {
            return service.read(in);
        }
    }
}
