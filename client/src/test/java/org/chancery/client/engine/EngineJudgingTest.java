package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.Test;

/// Which letters are shown, and what is said of the others.
final class EngineJudgingTest extends Lab {
    @Test
    void storesAnAlteredLetterAsFailedAcknowledgesItAndGoesOn() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        relay.locked(() -> relay.distortion = deliver -> Optional.of(altered(deliver)));
        a.say(BOB, "altered");
        Message failed = b.awaitFailure();
        assertThat(failure(failed)).contains("DECRYPTION_FAILED");
        assertThat(failed.text()).isEmpty();
        relay.locked(() -> relay.distortion = Optional::of);
        exchange(a, b, "whole");
        assertThat(List.of(acknowledged(), acknowledged())).containsExactly(1L, 2L);
    }

    private long acknowledged() throws InterruptedException {
        Frame.Acknowledge next = relay.acknowledged.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("nothing was acknowledged").isNotNull();
        return next.sequence();
    }

    /// The last octet of the tag.
    private static Frame.Deliver altered(Frame.Deliver deliver) {
        byte[] envelope = deliver.envelopeDer();
        envelope[envelope.length - 1] ^= 1;
        return new Frame.Deliver(
                deliver.conversation(),
                deliver.sequence(),
                deliver.acceptedAt(),
                deliver.transcript(),
                envelope,
                deliver.from());
    }

    @Test
    void doesNotTakeTheRelaysWordForTheSender() throws Exception {
        relay.know(device(CAROL));
        TestClient b = online(bob);
        TestClient a = online(alice);
        relay.locked(() -> relay.distortion = deliver -> Optional.of(new Frame.Deliver(
                deliver.conversation(),
                deliver.sequence(),
                deliver.acceptedAt(),
                deliver.transcript(),
                deliver.envelopeDer(),
                CAROL)));
        a.say(BOB, "I am Alice");
        assertThat(b.awaitWhy()).contains("SENDER_MISMATCH");
    }

    @Test
    void refusesALetterThatTheRelayHeldBackForTooLong() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        Instant later = pki.now().plus(Duration.ofMinutes(6));
        relay.locked(() -> relay.distortion = deliver -> Optional.of(new Frame.Deliver(
                deliver.conversation(),
                deliver.sequence(),
                later,
                deliver.transcript(),
                deliver.envelopeDer(),
                deliver.from())));
        a.say(BOB, "old");
        assertThat(b.awaitWhy()).contains("TIME_MISMATCH");
    }

    @Test
    void refusesWhatWasSignedWithARevokedKey() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "before");
        relay.publish(pki.revoke(alice.chain().leaf()));
        awaitRevoked(b, ALICE);
        relay.deliverAgain();
        b.say(ALICE, "are you there?");
        assertThat(b.awaitWhy()).contains("is revoked");
        assertThat(b.texts(ALICE)).containsExactly("before", "are you there?");
    }

    @Test
    void showsNothingOfALetterThatARevokedDeviceSigned() throws Exception {
        relay.know(bob);
        try (TestClient a = online(alice)) {
            a.send(BOB, "from a stolen device");
        }
        relay.publish(pki.revoke(alice.chain().leaf())); // in the moment in which the letter was taken
        TestClient b = start(bob);
        Message failed = b.awaitFailure();
        assertThat(failure(failed)).contains("had been revoked");
        assertThat(failed.text()).isEmpty();
        assertThat(acknowledged()).isEqualTo(1);
    }

    @Test
    void showsALetterOnlyOnceItsSignerCanBeJudged() throws Exception {
        relay.know(bob);
        try (TestClient a = online(alice)) {
            a.send(BOB, "wait");
        }
        relay.publish(pki.staleCrls());
        TestClient b = start(bob);
        b.await(Event.Problem.class, problem -> problem.sentence().contains("letters wait unshown"));
        b.settle();
        assertThat(b.texts(ALICE)).isEmpty();
        assertThat(relay.acknowledged).isEmpty();
        // A list with a higher number.
        relay.publish(pki.revoke(pki.client("mallory@lab.example").chain().leaf()));
        b.awaitMessage("wait", MessageState.RECEIVED);
    }

    /// Else the relay would take the letter before it for received.
    @Test
    void acknowledgesWhatHasLapsedNoEarlierThanWhatWaitsBeforeIt() throws Exception {
        relay.know(bob);
        try (TestClient a = online(alice)) {
            a.send(BOB, "wait");
        }
        relay.publish(pki.staleCrls());
        TestClient b = start(bob);
        b.await(Event.Problem.class, problem -> problem.sentence().contains("letters wait unshown"));
        relay.say(new Frame.Gap(CONVERSATION, 7, 3, Digest.NONE));
        b.settle();
        assertThat(relay.acknowledged).isEmpty();
        relay.publish(pki.revoke(pki.client("mallory@lab.example").chain().leaf()));
        b.awaitMessage("wait", MessageState.RECEIVED);
        assertThat(acknowledged()).as("up to there, at once").isEqualTo(7);
    }

    @Test
    void newRevocationListsDoNotFailALetterThatWaitsForTheDirectory() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        relay.locked(() -> relay.unanswered = Optional.of(bob.deviceId()));
        a.say(BOB, "who am I?");
        Runnable answer = relay.questions.poll(20, TimeUnit.SECONDS);
        assertThat(answer).as("nothing was asked").isNotNull();
        relay.publish(pki.revoke(pki.client("eve@lab.example").chain().leaf()));
        relay.locked(answer);
        b.awaitMessage("who am I?", MessageState.RECEIVED);
    }

    @Test
    void takesNothingOfAConversationFromARelayThatNamesAnother() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        relay.say(new Frame.Deliver(
                CONVERSATION, 7, pki.now(), Digest.NONE, new byte[100], new Address("mallory@lab.example")));
        a.awaitFailure();
        a.send(BOB, "to Bob");
        assertThat(relay.letters(CONVERSATION).getFirst().seal().addresses()).containsExactly(ALICE, BOB);
    }

    @Test
    void tellsOfLettersThatWereNotFetchedInTime() throws Exception {
        TestClient b = online(bob);
        relay.say(new Frame.Gap(CONVERSATION, 7, 3, Digest.NONE));
        b.await(
                Event.Problem.class,
                problem -> problem.kind() == ProblemKind.LETTERS_LAPSED
                        && problem.sentence().startsWith("3 messages"));
        assertThat(acknowledged()).as("as if they had come").isEqualTo(7);
        relay.say(new Frame.Lapsed(CONVERSATION, ALICE, 9, 1));
        b.await(
                Event.Problem.class,
                problem -> problem.kind() == ProblemKind.LETTERS_LAPSED
                        && problem.sentence().startsWith("1 message to " + ALICE));
        assertThat(relay.seen.poll(20, TimeUnit.SECONDS)).isEqualTo(new Frame.LapsedSeen(CONVERSATION, ALICE, 9));
    }
}
