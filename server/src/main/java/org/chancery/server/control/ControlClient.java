package org.chancery.server.control;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.chancery.console.ControlListener;
import org.chancery.console.Deadline;

/// A short command's way to the relay that runs on a data directory.
public final class ControlClient {

    /// Longer than anything but a backup takes.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A hundred gigabytes, written slowly.
    private static final Duration BACKUP_PATIENCE = Duration.ofHours(6);

    private ControlClient() {}

    /// Asks, and waits for the answer.
    ///
    /// @return nothing where no relay listens at `socket`
    /// @throws java.nio.file.AccessDeniedException where only somebody else may ask
    /// @throws IOException where one listens, and the conversation with it broke or took too long
    public static Optional<ControlAnswer> ask(Path socket, ControlRequest request) throws IOException {
        if (Files.notExists(socket)) { // and not where that cannot be told
            return Optional.empty();
        }
        try (SocketChannel relay = ControlListener.connect(socket)) {
            if (!relay.isConnected()) {
                return Optional.empty();
            }
            try (Deadline _ = Deadline.in(patience(request), relay)) {
                ControlCodec.writeRequest(
                        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(relay))), request);
                return Optional.of(ControlCodec.readAnswer(new DataInputStream(Channels.newInputStream(relay))));
            }
        }
    }

    private static Duration patience(ControlRequest request) {
        return request instanceof ControlRequest.Backup ? BACKUP_PATIENCE : PATIENCE;
    }
}
