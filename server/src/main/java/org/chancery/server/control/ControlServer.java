package org.chancery.server.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.chancery.console.ControlExchange;
import org.chancery.console.ControlListener;

/// The relay's ear for its administrator.
public final class ControlServer implements AutoCloseable {

    private final ControlListener listener;

    private ControlServer(ControlListener listener) {
        this.listener = listener;
    }

    /// Listens at `socket`; the caller holds the data directory.
    ///
    /// @throws org.chancery.console.ControlPathException if its path is too long
    /// @throws IOException if the socket cannot be made
    public static ControlServer open(Path socket, Desk desk) throws IOException {
        return new ControlServer(ControlListener.open(socket, new ControlExchange<>(new Service(desk))));
    }

    private record Service(Desk desk) implements ControlExchange.Service<ControlRequest, ControlAnswer> {
        @Override
        public ControlRequest read(DataInputStream in) throws IOException {
            return ControlCodec.readRequest(in);
        }

        @Override
        public ControlAnswer answer(ControlRequest request) throws InterruptedException {
            return switch (request) {
                case ControlRequest.Status _ -> new ControlAnswer.Status(desk.status());
                case ControlRequest.Sessions _ -> new ControlAnswer.Sessions(desk.sessions());
                case ControlRequest.Disconnect(DevicePrefix device) -> desk.disconnect(device);
                case ControlRequest.Backup(Path file, boolean overwrite) -> desk.backup(file, overwrite);
            };
        }

        @Override
        public void write(DataOutputStream out, ControlAnswer answer) throws IOException {
            ControlCodec.writeAnswer(out, answer);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
