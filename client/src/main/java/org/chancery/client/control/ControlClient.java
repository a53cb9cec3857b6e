package org.chancery.client.control;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.chancery.console.ControlListener;

/// A short command's way to the process that owns the store.
public final class ControlClient {
    private ControlClient() {}

    /// Hands `text` over, and waits for what becomes of it.
    ///
    /// @return nothing where no process listens at `socket`
    /// @throws IOException where one listens, and the conversation with it broke: the text may have been taken
    public static Optional<Dispatch> send(Path socket, Errand text) throws IOException {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        try (SocketChannel owner = ControlListener.connect(socket)) {
            if (!owner.isConnected()) {
                return Optional.empty();
            }
            ControlFrames.writeRequest(
                    new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(owner))), text);
            return Optional.of(ControlFrames.readAnswer(new DataInputStream(Channels.newInputStream(owner))));
        }
    }
}
