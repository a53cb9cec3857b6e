package org.chancery.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.Standing;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.junit.jupiter.api.Test;

class AboutMessageTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");

    private final AboutMessage about = new AboutMessage(ALICE);

    private final List<Message> messages = List.of(
            message(1, BOB, "hello", List.of()),
            message(2, ALICE, "hi", List.of()),
            message(4, BOB, "lunch?", List.of(new Standing.Reacted("k", List.of(ALICE)))),
            failure(5),
            message(7, ALICE, "yes", List.of()));

    private static Message message(long id, Address from, String text, List<Standing.Reacted> reactions) {
        return message(
                id,
                from,
                text,
                from.equals(ALICE) ? MessageState.PUBLISHED : MessageState.RECEIVED,
                new Standing(false, false, reactions, Optional.empty()));
    }

    private static Message failure(long id) {
        return message(id, BOB, "", MessageState.FAILED, Standing.PLAIN);
    }

    private static Message message(long id, Address from, String text, MessageState state, Standing standing) {
        return new Message(
                id,
                ConversationId.direct(ALICE, BOB),
                Optional.of(BOB),
                from,
                Optional.empty(),
                from.equals(ALICE),
                text,
                text.isEmpty() ? Optional.empty() : Optional.of(new Body.Text(text)),
                Instant.EPOCH,
                Optional.empty(),
                OptionalLong.of(id),
                state,
                state == MessageState.FAILED ? Optional.of("missing") : Optional.empty(),
                standing,
                OptionalLong.empty());
    }

    private void does(String line, Command command) {
        assertThat(about.of(line, messages)).contains(new AboutMessage.Wish.Do(command));
    }

    private void tells(String line) {
        assertThat(about.of(line, messages)).get().isInstanceOf(AboutMessage.Wish.Tell.class);
    }

    @Test
    void meansTheLastThatItMakesSenseFor() {
        does("/reply fine", new Command.Reply(4, "fine"));
        does("/edit  no, sorry ", new Command.Edit(7, "no, sorry"));
        does("/delete", new Command.Delete(7));
        does("/react x", new Command.React(4, "x", false));
        does("/ask", new Command.AskAgain(5));
    }

    @Test
    void meansTheOneWithTheNumber() {
        does("/reply #1 good morning", new Command.Reply(1, "good morning"));
        does("/edit #2 hello", new Command.Edit(2, "hello"));
        does("/delete #2", new Command.Delete(2));
        does("/react #1 x", new Command.React(1, "x", false));
        does("/ask #5", new Command.AskAgain(5));
    }

    @Test
    void takesAReactionBackThatIsThereAlready() {
        does("/react k", new Command.React(4, "k", true));
        does("/react #1 k", new Command.React(1, "k", false));
    }

    @Test
    void saysHowItGoesWhereSomethingIsLackingOrWrong() {
        for (String line : List.of("/reply", "/reply #1", "/edit", "/react", "/react two", "/delete all", "/ask me")) {
            tells(line);
        }
        tells("/reply #99 who?");
        tells("/delete #99");
    }

    @Test
    void leavesOtherLinesAlone() {
        assertThat(about.of("/people", messages)).isEmpty();
        assertThat(about.of("/replying", messages)).isEmpty();
    }
}
