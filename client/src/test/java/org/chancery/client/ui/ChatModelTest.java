package org.chancery.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.Trust;
import org.chancery.client.connection.EndReason;
import org.chancery.client.store.Party;
import org.chancery.pki.name.Address;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatModelTest {
    private static final Executor AT_ONCE = Runnable::run;

    private final StagedMessenger messenger = Scene.staged();
    private final ChatModel model = new ChatModel(messenger, new Times(Scene.CLOCK), AT_ONCE, AT_ONCE);
    private final List<Change> changes = new ArrayList<>();

    @BeforeEach
    void started() {
        model.start();
        model.onChange(changes::add);
    }

    @Test
    void knowsFromTheStartWhoThereIsAndHowTheConnectionStands() {
        assertThat(model.people().rows()).hasSize(4);
        assertThat(model.online()).isTrue();
    }

    @Test
    void opensAConversationTellsTheEngineAndShowsWhatWasSaid() {
        model.open(Scene.BOB);
        assertThat(messenger.commands())
                .containsExactly(new Command.OpenConversation(Party.person(Scene.ALICE, Scene.BOB)));
        assertThat(model.conversation().orElseThrow().lines()).hasSizeGreaterThan(8);
        assertThat(changes).contains(Change.SELECTION, Change.LINES);
    }

    @Test
    void opensNothingForSomebodyNobodyHasNamed() {
        model.open(Scene.address("stranger@lab.example"));
        assertThat(model.conversation()).isEmpty();
        assertThat(messenger.commands()).isEmpty();
    }

    @Test
    void opensAConversationWithSomebodyTheDirectoryNamed() {
        Address dana = Scene.address("dana@lab.example");
        model.search("Dana");
        assertThat(messenger.commands()).containsExactly(new Command.FindPeople(""), new Command.FindPeople("Dana"));
        messenger.say(new Event.PeopleFound(
                "dana", List.of(Scene.contact(dana, "Dana Whitfield", true, Trust.TRUSTED, 1, 0))));
        model.open(dana);
        assertThat(model.conversation().orElseThrow().contact().address()).isEqualTo(dana);
    }

    @Test
    void sendsToWhomTheConversationIsWith() {
        model.open(Scene.BOB);
        messenger.commands();
        assertThat(model.send("  hello\nBob ")).isTrue();
        assertThat(messenger.commands())
                .containsExactly(new Command.SendText(Party.person(Scene.ALICE, Scene.BOB), "hello\nBob"));
    }

    @Test
    void sendsNeitherNothingNorTooMuch() {
        model.open(Scene.BOB);
        messenger.commands();
        assertThat(model.send(" \n ")).isFalse();
        assertThat(model.send("x".repeat(Command.MAX_TEXT_LENGTH + 1))).isFalse();
        assertThat(messenger.commands()).isEmpty();
    }

    @Test
    void sendsNothingToSomebodyWhoseCertificateIsRevoked() {
        model.open(Scene.MALLORY);
        messenger.commands();
        assertThat(model.composing())
                .isEqualTo(Composing.closed("The certificate of Mallory is revoked: nothing can be sent"));
        assertThat(model.send("hello")).isFalse();
        assertThat(messenger.commands()).isEmpty();
    }

    @Test
    void closesTheComposerTheMomentTheContactIsRevoked() {
        model.open(Scene.BOB);
        assertThat(model.composing().open()).isTrue();
        messenger.say(
                new Event.ContactsChanged(List.of(Scene.contact(Scene.BOB, "Bob Keller", false, Trust.REVOKED, 0, 0))));
        assertThat(model.composing().open()).isFalse();
        assertThat(changes).contains(Change.CONTACT);
    }

    @Test
    void closesTheComposerWithTheReasonWhenTheConnectionIsOverForGood() {
        model.open(Scene.BOB);
        messenger.say(new Event.ConnectionChanged(
                new ConnectionState.Ended(EndReason.REVOKED, "Your certificate has been revoked.")));
        assertThat(model.composing()).isEqualTo(Composing.closed("Your certificate has been revoked."));
    }

    @Test
    void letsOneWriteWhileOfflineAndSaysWhatBecomesOfIt() {
        model.open(Scene.BOB);
        messenger.say(new Event.ConnectionChanged(
                new ConnectionState.Offline("cannot reach the relay", Optional.of(Scene.NOW.plusSeconds(8)))));
        assertThat(model.composing().open()).isTrue();
        assertThat(model.composing().hint()).startsWith("Offline");
        assertThat(model.connection().sentence()).isEqualTo("Offline: cannot reach the relay. Next try in 8 s");
    }

    @Test
    void showsAMessageOfTheConversationAndCountsItAsRead() {
        model.open(Scene.BOB);
        messenger.commands();
        Message message = Scene.from(100).said(Scene.BOB, Scene.BOB, "2026-11-23T10:45:00Z", "there?");
        messenger.say(new Event.MessageStored(message));
        assertThat(model.conversation().orElseThrow().lines().getLast().spoken())
                .contains("there?");
        assertThat(messenger.commands())
                .containsExactly(new Command.OpenConversation(Party.person(Scene.ALICE, Scene.BOB)));
    }

    @Test
    void leavesUnreadWhatArrivesWhileNobodyLooks() {
        model.open(Scene.BOB);
        model.watched(false);
        messenger.commands();
        messenger.say(
                new Event.MessageStored(Scene.from(100).said(Scene.BOB, Scene.BOB, "2026-11-23T10:45:00Z", "there?")));
        assertThat(messenger.commands()).isEmpty();
    }

    @Test
    void keepsADraftForEachConversation() {
        model.open(Scene.BOB);
        model.draft("half a sen");
        model.open(Scene.CAROL);
        assertThat(model.people().draft(Scene.CAROL)).isEmpty();
        assertThat(model.people().draft(Scene.BOB)).isEqualTo("half a sen");
        model.open(Scene.BOB);
        model.send("half a sentence");
        assertThat(model.people().draft(Scene.BOB)).isEmpty();
    }

    @Test
    void showsAProblemUntilItIsPutAside() {
        Event.Problem problem = new Event.Problem(ProblemKind.REVOCATION_LIST, "Too old.", Optional.empty());
        messenger.say(problem);
        assertThat(model.problem()).contains(problem);
        model.dismissProblem();
        assertThat(model.problem()).isEmpty();
    }

    @Test
    void saysWhenTheStoreCannotBeRead() {
        StagedMessenger broken = Scene.staged();
        ChatModel unlucky = new ChatModel(broken, new Times(Scene.CLOCK), AT_ONCE, AT_ONCE);
        unlucky.start();
        broken.breakStore();
        unlucky.open(Scene.BOB);
        assertThat(unlucky.problem()).map(Event.Problem::kind).contains(ProblemKind.STORE);
    }

    @Test
    void hearsNothingAfterTheSubscriptionIsClosed() {
        ChatModel other = new ChatModel(messenger, new Times(Scene.CLOCK), AT_ONCE, AT_ONCE);
        other.start().close();
        messenger.say(new Event.ConnectionChanged(new ConnectionState.Connecting("elsewhere")));
        assertThat(other.online()).isTrue();
    }
}
