package org.chancery.client.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.chancery.console.ControlListener;

/// The owning process's ear: takes texts and files to send, and files to fetch, from other processes of
/// the same
/// person, and answers when they are
/// decided.
public final class ControlServer implements AutoCloseable {
    /// How long a command waits for the relay while nothing moves; as long as it would by itself.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ControlListener<Errand, Dispatch> listener;

    private ControlServer(ControlListener<Errand, Dispatch> listener) {
        this.listener = listener;
    }

    /// Listens at `socket`. A socket that a killed process left is replaced: the caller holds the store's lock.
    public static ControlServer open(Path socket, Courier courier) throws IOException {
        return new ControlServer(ControlListener.open(socket, new Errands(courier)));
    }

    /// What is to be done, and what becomes of it.
    private record Errands(Courier courier) implements ControlListener.Service<Errand, Dispatch> {
        @Override
        public Errand read(DataInputStream in) throws IOException {
            return ControlFrames.readRequest(in);
        }

        @Override
        public Dispatch answer(Errand request) throws InterruptedException {
            return courier.run(request, PATIENCE);
        }

        @Override
        public void write(DataOutputStream out, Dispatch answer) throws IOException {
            ControlFrames.writeAnswer(out, answer);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
