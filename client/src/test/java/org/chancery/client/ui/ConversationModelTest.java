package org.chancery.client.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.Standing;
import org.chancery.client.chat.Trust;
import org.junit.jupiter.api.Test;

class ConversationModelTest {
    private static final String TODAY = "2026-11-23T";

    private final Scene scene = Scene.from(1);
    private final ConversationModel model = new ConversationModel(
            Scene.contact(Scene.BOB, "Bob Keller", true, Trust.TRUSTED, 2, 0), new Times(Scene.CLOCK), 3);

    @Test
    void putsADayBetweenDays() {
        model.put(scene.said(Scene.BOB, Scene.BOB, "2026-11-20T10:00:00Z", "then"));
        model.put(scene.said(Scene.BOB, Scene.BOB, "2026-11-22T10:00:00Z", "before"));
        model.put(scene.said(Scene.BOB, Scene.BOB, TODAY + "10:00:00Z", "now"));
        assertThat(words()).containsExactly("Friday", "then", "Yesterday", "before", "Today", "now");
    }

    @Test
    void groupsWhatOneAuthorSaysWithinFiveMinutes() {
        model.put(scene.said(Scene.BOB, Scene.BOB, TODAY + "10:00:00Z", "first"));
        model.put(scene.said(Scene.BOB, Scene.BOB, TODAY + "10:04:59Z", "second"));
        model.put(scene.said(Scene.BOB, Scene.BOB, TODAY + "10:09:59Z", "later"));
        model.put(scene.sent(Scene.BOB, TODAY + "10:10:00Z", "mine"));
        assertThat(bubbles()).extracting(Line.Bubble::opensGroup).containsExactly(true, false, true, true);
    }

    @Test
    void keepsWhatAnEventToldAgainstAnOlderAnswerOfTheStore() {
        Message queued = message(MessageState.QUEUED);
        Message published = new Message(
                queued.id(),
                queued.conversation(),
                queued.with(),
                queued.from(),
                queued.device(),
                true,
                queued.text(),
                queued.body(),
                queued.sentAt(),
                queued.receivedAt(),
                queued.sequence(),
                MessageState.PUBLISHED,
                Optional.empty(),
                Standing.PLAIN,
                OptionalLong.empty());
        model.put(published);
        model.loaded(List.of(queued));
        assertThat(bubbles()).extracting(Line.Bubble::delivery).containsExactly(Optional.of(Delivery.SENT));
    }

    @Test
    void marksHowFarOnesOwnMessagesHaveCome() {
        model.put(message(MessageState.QUEUED));
        model.put(message(MessageState.PUBLISHED));
        assertThat(bubbles())
                .extracting(Line.Bubble::delivery)
                .containsExactly(Optional.of(Delivery.WAITING), Optional.of(Delivery.SENT));
        assertThat(bubbles().getFirst().spoken()).isEqualTo("You, 10:00: hello, waiting to be sent");
    }

    @Test
    void marksNothingOnOtherPeoplesMessages() {
        model.put(scene.said(Scene.BOB, Scene.BOB, TODAY + "10:00:00Z", "hello"));
        assertThat(bubbles().getFirst().delivery()).isEmpty();
        assertThat(bubbles().getFirst().spoken()).isEqualTo("Bob Keller, 10:00: hello");
    }

    @Test
    void saysUnderAMessageWhyItWasNotSent() {
        model.put(scene.message(
                Scene.BOB, Scene.ALICE, TODAY + "10:00:00Z", "hello", MessageState.FAILED, Optional.of("too late")));
        assertThat(words()).containsExactly("Today", "hello", "Not sent: too late");
    }

    @Test
    void showsALetterThatWasNotAcceptedAsANoteAndNeverAsWords() {
        model.put(scene.message(
                Scene.BOB, Scene.BOB, TODAY + "10:00:00Z", "", MessageState.FAILED, Optional.of("signature invalid")));
        assertThat(words()).containsExactly("Today", "A message could not be accepted: signature invalid");
        assertThat(bubbles()).isEmpty();
    }

    @Test
    void endsWithANoteWhenTheCertificateIsRevoked() {
        model.contact(Scene.contact(Scene.BOB, "Bob Keller", false, Trust.REVOKED, 0, 0));
        assertThat(words()).containsExactly("The certificate of Bob Keller is revoked.");
    }

    @Test
    void isCompleteOnceTheStoreGivesLessThanWasAskedFor() {
        model.loaded(List.of(
                message(MessageState.PUBLISHED), message(MessageState.PUBLISHED), message(MessageState.PUBLISHED)));
        assertThat(model.complete()).isFalse();
        model.widen(2);
        model.loaded(List.of(message(MessageState.PUBLISHED)));
        assertThat(model.complete()).isTrue();
    }

    @Test
    void staysWithOnePerson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.contact(Scene.contact(Scene.CAROL, "Carol", true, Trust.TRUSTED, 1, 0)));
    }

    private Message message(MessageState state) {
        return scene.message(Scene.BOB, Scene.ALICE, TODAY + "10:00:00Z", "hello", state, Optional.empty());
    }

    private List<String> words() {
        return model.lines().stream()
                .map(line -> switch (line) {
                    case Line.Day day -> day.words();
                    case Line.Bubble bubble -> bubble.message().text();
                    case Line.Note note -> note.words();
                })
                .toList();
    }

    private List<Line.Bubble> bubbles() {
        return model.lines().stream()
                .filter(Line.Bubble.class::isInstance)
                .map(Line.Bubble.class::cast)
                .toList();
    }
}
