package org.chancery.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.chancery.client.engine.Message;
import org.chancery.client.engine.MessageState;
import org.chancery.client.engine.RoomView;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

/// What `docs/json.md` says that `listen` prints, and what it prints.
class JsonPageTest {
    private static final Path PAGE = Path.of("..", "docs", "json.md");

    @Test
    void printsAMessageAsThePageSays() throws IOException {
        assertThat(page()).contains(print(Optional.empty(), "on my way", 17));
    }

    @Test
    void printsAFailureAsThePageSays() throws IOException {
        String failure = "a letter cannot be shown: it was altered on the way (DECRYPTION_FAILED)";
        assertThat(page()).contains(print(Optional.of(failure), "", 18));
    }

    @Test
    void printsARoomAsThePageSays() throws IOException {
        ConversationId id = new ConversationId("c0".repeat(32));
        RoomView room = new RoomView(
                id,
                "Incident 42",
                RoomView.State.MEMBER,
                new TreeMap<>(Map.of(
                        new Address("alice@lab.example"), Role.OWNER, new Address("bob@lab.example"), Role.MEMBER)),
                new TreeMap<>(Map.of(new Address("carol@lab.example"), Role.MEMBER)),
                Optional.empty(),
                2);
        assertThat(page()).contains(RoomLines.json(room).replace(id.hex(), "<sha256>"));
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(PAGE);
    }

    private static String print(Optional<String> failure, String text, long sequence) {
        Address bob = new Address("bob@lab.example");
        ConversationId conversation = ConversationId.direct(new Address("alice@lab.example"), bob);
        DeviceId device = new DeviceId("ab".repeat(32));
        Message message = new Message(
                1,
                conversation,
                Optional.of(bob),
                bob,
                failure.isPresent() ? Optional.empty() : Optional.of(device),
                false,
                text,
                Optional.of(text).filter(words -> !words.isEmpty()).map(Body.Text::new),
                Instant.parse("2026-11-22T10:31:07Z"),
                Optional.of(Instant.parse("2026-11-22T10:31:08Z")),
                OptionalLong.of(sequence),
                failure.isPresent() ? MessageState.FAILED : MessageState.RECEIVED,
                failure);
        return JsonLines.of(message, "Bob")
                .replace(conversation.hex(), "<sha256>")
                .replace(device.hex(), "<sha256>");
    }
}
