package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.MessageState;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages of which nothing can come.
class EngineUnsendableTest {
    /// More than the stack of the engine's thread has room for calls.
    private static final int MANY = 4_000;

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");

    /// They are written before there is a connection, in a room to which one does not belong.
    @Test
    void manyInARowAllFail() throws Exception {
        Party elsewhere = Party.room(ConversationId.room(Digest.over(new byte[] {1})));
        try (TestRelay relay = new TestRelay(pki);
                TestClient client = TestClient.start(pki, alice, relay.address(), directory)) {
            for (int i = 0; i < MANY; i++) {
                client.engine.submit(new Command.SendText(elsewhere, "line " + i));
            }
            client.awaitMessage("line " + (MANY - 1), MessageState.QUEUED);
            client.awaitMessage("line " + (MANY - 1), MessageState.FAILED);
            assertThat(client.engine.messages(elsewhere, MANY))
                    .hasSize(MANY)
                    .allMatch(message -> message.state() == MessageState.FAILED);
        }
    }
}
