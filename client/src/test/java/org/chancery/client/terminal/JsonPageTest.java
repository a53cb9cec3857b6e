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
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.RoomView;
import org.chancery.client.chat.Standing;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Mention;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

/// What `docs/json.md` says that `listen` prints, and what it prints.
class JsonPageTest {
    private static final Path PAGE = Path.of("..", "docs", "json.md");

    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final MessageReference EARLIER =
            new MessageReference(new DeviceId("ab".repeat(32)), new ChainId("cd".repeat(16)), 1);

    @Test
    void printsAMessageAsThePageSays() throws IOException {
        assertThat(page()).contains(said(12, 17, new Body.Text("on my way"), Standing.PLAIN, OptionalLong.empty()));
    }

    @Test
    void printsAReactionAsThePageSays() throws IOException {
        Body thumb = new Body.Reaction(EARLIER, "\uD83D\uDC4D", false);
        assertThat(page()).contains(said(14, 19, thumb, Standing.PLAIN, OptionalLong.of(12)));
    }

    /// With the name as it is shown, not as it was given.
    @Test
    void printsAFileAsThePageSays() throws IOException {
        Body file = new Body.File(
                FileId.ofBytes(new byte[16]),
                FileKey.ofBytes(new byte[32]),
                FileShape.of(2_202_009),
                Digest.NONE,
                "../report.pdf",
                "application/pdf",
                "as promised");
        assertThat(page()).contains(said(16, 21, file, Standing.PLAIN, OptionalLong.empty()));
    }

    @Test
    void printsHowAMessageStandsAsThePageSays() throws IOException {
        String words = "@alice@lab.example at noon";
        Body text = new Body.Text(words, List.of(new Mention(0, 18, ALICE)), Optional.of(EARLIER));
        Standing standing = new Standing(
                true,
                false,
                List.of(new Standing.Reacted("\uD83D\uDC4D", List.of(ALICE))),
                Optional.of(new Standing.Quote.Here(12, BOB, "on my way")));
        assertThat(page()).contains(said(15, 20, text, standing, OptionalLong.empty()));
    }

    @Test
    void printsAFailureAsThePageSays() throws IOException {
        String failure = "a letter cannot be shown: it was altered on the way (DECRYPTION_FAILED)";
        assertThat(page())
                .contains(print(13, 18, Optional.of(failure), Optional.empty(), Standing.PLAIN, OptionalLong.empty()));
    }

    /// Every kind is named on the page.
    @Test
    void pageHasEveryKind() throws IOException {
        String page = String.join("\n", page());
        List<Body> bodies = List.of(
                new Body.Edit(EARLIER, "x", List.of()),
                new Body.Delete(EARLIER),
                new Body.Title("x"),
                new Body.Invitation(ConversationId.direct(ALICE, BOB), "x"),
                new Body.Unknown(99, new byte[0]));
        for (Body body : bodies) {
            String line = said(1, 1, body, Standing.PLAIN, OptionalLong.empty());
            String kind = line.replaceAll(".*\"kind\":\"([a-z]+)\".*", "$1");
            assertThat(page).contains("`" + kind + "`");
        }
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

    private static String said(long id, long sequence, Body body, Standing standing, OptionalLong changes) {
        return print(id, sequence, Optional.empty(), Optional.of(body), standing, changes);
    }

    private static String print(
            long id,
            long sequence,
            Optional<String> failure,
            Optional<Body> body,
            Standing standing,
            OptionalLong changes) {
        ConversationId conversation = ConversationId.direct(ALICE, BOB);
        DeviceId device = new DeviceId("ab".repeat(32));
        Message message = new Message(
                id,
                conversation,
                Optional.of(BOB),
                BOB,
                failure.isPresent() ? Optional.empty() : Optional.of(device),
                false,
                body.orElse(null) instanceof Body.Text text ? text.text() : "",
                body,
                Instant.parse("2026-11-22T10:31:07Z"),
                Optional.of(Instant.parse("2026-11-22T10:31:08Z")),
                OptionalLong.of(sequence),
                failure.isPresent() ? MessageState.FAILED : MessageState.RECEIVED,
                failure,
                standing,
                changes);
        return JsonLines.of(message, "Bob")
                .replace(conversation.hex(), "<sha256>")
                .replace(device.hex(), "<sha256>");
    }
}
