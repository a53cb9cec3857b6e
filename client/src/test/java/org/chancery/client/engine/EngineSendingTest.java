package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.connection.RelayAddress;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.SessionEndCode;
import org.junit.jupiter.api.Test;

/// What is sent once, whatever the relay answers and loses.
final class EngineSendingTest extends Lab {
    @Test
    void keepsWhatIsWrittenWithoutARelayAndSendsItAfterARestart() throws Exception {
        relay.know(bob);
        RelayAddress nobody = new RelayAddress("127.0.0.1", 1); // tcpmux, which nobody runs
        try (TestClient a = start(alice, nobody)) {
            a.say(BOB, "later");
            a.awaitMessage("later", MessageState.QUEUED);
        }
        start(alice).awaitMessage("later", MessageState.PUBLISHED);
        assertThat(relay.letters(CONVERSATION)).hasSize(1);
    }

    @Test
    void sendsTheSameOctetsAgainAfterALostAnswer() throws Exception {
        relay.know(bob);
        relay.locked(() -> relay.losesAnswers = true);
        try (TestClient a = online(alice)) {
            a.send(BOB, "once");
            assertThat(relay.letters(CONVERSATION)).hasSize(1);
            a.send(BOB, "twice");
        }
        TestClient b = start(bob);
        b.awaitMessage("twice", MessageState.RECEIVED);
        assertThat(b.texts(ALICE)).containsExactly("once", "twice");
    }

    @Test
    void beginsANewChainWhereTheRelayHasLostTheOld() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        a.send(BOB, "first");
        relay.locked(() -> {
            relay.incarnation = "log-2";
            relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER);
        });
        relay.cutEverybody();
        a.awaitProblem(ProblemKind.RELAY_RESTORED);
        a.send(BOB, "second");
        assertThatChainsDiffer();
    }

    private void assertThatChainsDiffer() {
        var letters = relay.letters(CONVERSATION);
        assertThat(letters.getLast().letter().header().counter()).isEqualTo(1);
        assertThat(letters.getLast().letter().header().chain())
                .isNotEqualTo(letters.getFirst().letter().header().chain());
    }

    @Test
    void neverSendsATextTwiceBecauseTheSameLogClaimsNotToKnowItsChain() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        a.send(BOB, "first");
        relay.locked(() -> relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER));
        a.say(BOB, "taken or not");
        assertThat(a.awaitWhy()).contains("whether it arrived is not known");
        assertThat(relay.letters(CONVERSATION)).hasSize(1);
        a.send(BOB, "and on");
        var letters = relay.letters(CONVERSATION);
        assertThat(letters.size())
                .as("both texts that went, and whether others have the third")
                .isEqualTo(3);
        assertThat(letters.get(1).letter().header().counter()).isEqualTo(1);
        assertThat(letters.get(1).letter().header().chain())
                .isNotEqualTo(letters.getFirst().letter().header().chain());
        assertThat(letters.get(2).letter().header().chain())
                .isEqualTo(letters.get(1).letter().header().chain());
    }

    @Test
    void doubtsARestoredLogOnlyUntilItHasTakenALetter() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        restoreLog(a);
        a.send(BOB, "second");
        relay.locked(() -> relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER));
        a.say(BOB, "taken or not");
        assertThat(a.awaitWhy()).contains("whether it arrived is not known");
        a.send(BOB, "and on");
        assertThat(relay.letters(CONVERSATION))
                .as("three texts that went, and whether others have the fourth")
                .hasSize(4);
    }

    @Test
    void beginsOneNewChainOnTheWordOfARestoredLogAndNoMore() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        restoreLog(a);
        relay.locked(() -> {
            relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER);
            relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER);
        });
        a.say(BOB, "taken or not");
        assertThat(a.awaitWhy()).contains("whether it arrived is not known");
        a.send(BOB, "and on");
        assertThat(relay.letters(CONVERSATION))
                .as("two texts that went, and whether others have the third")
                .hasSize(3);
    }

    /// After a first letter the relay's log becomes another one.
    private void restoreLog(TestClient a) throws InterruptedException {
        a.send(BOB, "first");
        relay.locked(() -> relay.incarnation = "log-2");
        relay.cutEverybody();
        a.awaitProblem(ProblemKind.RELAY_RESTORED);
    }

    @Test
    void marksNothingAsSentThatWasNot() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        relay.locked(() -> relay.unanswered = Optional.of(alice.deviceId()));
        a.say(BOB, "queued");
        a.awaitMessage("queued", MessageState.QUEUED);
        relay.say(new Frame.Published(CONVERSATION, ChainId.random(new SecureRandom()), 1, 1, Digest.NONE));
        relay.sayGoodbye(SessionEndCode.IDLE);
        a.await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Offline);
        assertThat(a.history(BOB).getFirst().state()).isEqualTo(MessageState.QUEUED);
    }
}
