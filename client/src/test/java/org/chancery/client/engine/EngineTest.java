package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.chancery.client.connection.EndReason;
import org.chancery.client.connection.RelayAddress;
import org.chancery.client.terminal.Courier;
import org.chancery.client.terminal.Dispatch;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.SessionEndCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineTest {
    private static final String ALICE = "alice@lab.example";
    private static final String BOB = "bob@lab.example";
    private static final ConversationId CONVERSATION = ConversationId.direct(new Address(ALICE), new Address(BOB));

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE);
    private final Identity bob = pki.client(BOB, "Bob");
    private TestRelay relay;

    @BeforeEach
    void startRelay() throws IOException {
        relay = new TestRelay(pki);
    }

    @AfterEach
    void stopRelay() throws IOException {
        relay.close();
    }

    private TestClient start(Identity identity) throws Exception {
        return TestClient.start(pki, identity, relay.address(), directory);
    }

    @Test
    void carriesATextFromOneToTheOther() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "hello");
            assertThat(a.awaitMessage("hello", MessageState.PUBLISHED).sequence())
                    .hasValue(1);
            Message received = b.awaitMessage("hello", MessageState.RECEIVED);
            assertThat(received.from()).hasToString(ALICE);
            assertThat(received.device()).contains(alice.deviceId());
            assertThat(received.conversation()).isEqualTo(CONVERSATION);
            assertThat(received.mine()).isFalse();
        }
    }

    @Test
    void carriesAConversationInOneOrder() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            for (int i = 0; i < 5; i++) {
                a.say(BOB, "a" + i);
                b.awaitMessage("a" + i, MessageState.RECEIVED);
                b.say(ALICE, "b" + i);
                a.awaitMessage("b" + i, MessageState.RECEIVED);
            }
            List<String> all = List.of("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
            assertThat(a.texts(BOB)).isEqualTo(all);
            assertThat(b.texts(ALICE)).isEqualTo(all);
        }
    }

    @Test
    void deliversWhatWasSentWhileTheOtherWasAway() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "one");
            a.say(BOB, "two");
            a.awaitMessage("two", MessageState.PUBLISHED);
        }
        try (TestClient b = start(bob)) {
            b.awaitMessage("one", MessageState.RECEIVED);
            b.awaitMessage("two", MessageState.RECEIVED);
        }
    }

    @Test
    void keepsWhatIsWrittenWithoutARelayAndSendsItAfterARestart() throws Exception {
        relay.know(bob);
        RelayAddress reachable = relay.address();
        RelayAddress nobody = new RelayAddress("127.0.0.1", 1); // tcpmux, which nobody runs
        try (TestClient a = TestClient.start(pki, alice, nobody, directory)) {
            a.say(BOB, "later");
            a.awaitMessage("later", MessageState.QUEUED);
        }
        try (TestClient a = TestClient.start(pki, alice, reachable, directory)) {
            a.awaitMessage("later", MessageState.PUBLISHED);
        }
        assertThat(relay.letters(CONVERSATION)).hasSize(1);
    }

    @Test
    void sendsTheSameOctetsAgainAfterALostAnswer() throws Exception {
        relay.know(bob);
        relay.locked(() -> relay.losesAnswers = true);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "once");
            a.awaitMessage("once", MessageState.PUBLISHED);
            assertThat(relay.letters(CONVERSATION)).hasSize(1);
            a.say(BOB, "twice");
            a.awaitMessage("twice", MessageState.PUBLISHED);
        }
        try (TestClient b = start(bob)) {
            b.awaitMessage("twice", MessageState.RECEIVED);
            assertThat(b.texts(ALICE)).containsExactly("once", "twice");
        }
    }

    @Test
    void reconnectsByItself() throws Exception {
        try (TestClient a = start(alice).online()) {
            relay.cutEverybody();
            a.await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Offline);
            a.online();
        }
    }

    @Test
    void sealsAnewUnderTheSameNumberWhenTheDevicesHaveChanged() throws Exception {
        relay.know(bob);
        Identity second = pki.client(BOB);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "first");
            a.awaitMessage("first", MessageState.PUBLISHED);
            relay.know(second);
            relay.locked(() -> relay.refusals.add(ProtocolError.STALE_SEAL));
            a.say(BOB, "second");
            a.awaitMessage("second", MessageState.PUBLISHED);
        }
        var letters = relay.letters(CONVERSATION);
        assertThat(letters.get(1).letter().header().counter()).isEqualTo(2);
        assertThat(letters.get(1).seal().wraps())
                .extracting(Wrap::device)
                .containsExactlyInAnyOrder(alice.deviceId(), bob.deviceId(), second.deviceId());
    }

    @Test
    void givesUpOnARelayThatNeverAgrees() throws Exception {
        relay.know(bob);
        relay.locked(() -> {
            for (int i = 0; i < 10; i++) {
                relay.refusals.add(ProtocolError.STALE_SEAL);
            }
        });
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "stuck");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("do not agree");
        }
    }

    @Test
    void beginsANewChainWhereTheRelayHasLostTheOld() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "first");
            a.awaitMessage("first", MessageState.PUBLISHED);
            relay.locked(() -> {
                relay.incarnation = "log-2";
                relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER);
            });
            relay.cutEverybody();
            a.await(Event.Problem.class, problem -> problem.kind() == ProblemKind.RELAY_RESTORED);
            a.say(BOB, "second");
            a.awaitMessage("second", MessageState.PUBLISHED);
        }
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
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "first");
            a.awaitMessage("first", MessageState.PUBLISHED);
            relay.locked(() -> relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER));
            a.say(BOB, "taken or not");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("whether it arrived is not known");
            assertThat(relay.letters(CONVERSATION)).hasSize(1);
            a.say(BOB, "and on");
            a.awaitMessage("and on", MessageState.PUBLISHED);
        }
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
        try (TestClient a = start(alice).online()) {
            restoreLog(a);
            a.say(BOB, "second");
            a.awaitMessage("second", MessageState.PUBLISHED);
            relay.locked(() -> relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER));
            a.say(BOB, "taken or not");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("whether it arrived is not known");
            a.say(BOB, "and on");
            a.awaitMessage("and on", MessageState.PUBLISHED);
        }
        assertThat(relay.letters(CONVERSATION))
                .as("three texts that went, and whether others have the fourth")
                .hasSize(4);
    }

    @Test
    void beginsOneNewChainOnTheWordOfARestoredLogAndNoMore() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            restoreLog(a);
            relay.locked(() -> {
                relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER);
                relay.refusals.add(ProtocolError.COUNTER_OUT_OF_ORDER);
            });
            a.say(BOB, "taken or not");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("whether it arrived is not known");
            a.say(BOB, "and on");
            a.awaitMessage("and on", MessageState.PUBLISHED);
        }
        assertThat(relay.letters(CONVERSATION))
                .as("two texts that went, and whether others have the third")
                .hasSize(3);
    }

    /// After a first letter the relay's log becomes another one.
    private void restoreLog(TestClient a) throws InterruptedException {
        a.say(BOB, "first");
        a.awaitMessage("first", MessageState.PUBLISHED);
        relay.locked(() -> relay.incarnation = "log-2");
        relay.cutEverybody();
        a.await(Event.Problem.class, problem -> problem.kind() == ProblemKind.RELAY_RESTORED);
    }

    @Test
    void doesNotWaitForADeviceThatHasPublishedNoKey() throws Exception {
        relay.know(bob);
        relay.know(pki.client(BOB, TestKeys.ec("tablet")), Optional.empty());
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "to the other device");
            a.awaitMessage("to the other device", MessageState.PUBLISHED);
        }
        assertThat(relay.letters(CONVERSATION).getFirst().seal().wraps())
                .extracting(Wrap::device)
                .containsExactlyInAnyOrder(alice.deviceId(), bob.deviceId());
    }

    @Test
    void saysThatNoDeviceOfTheOtherCanReceive() throws Exception {
        relay.know(pki.client(BOB, TestKeys.ec("tablet")), Optional.empty());
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "in vain");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("has no device that can receive");
        }
    }

    @Test
    void talksWithADeviceWhoseOwnKeyOnlySigns() throws Exception {
        Identity card = pki.client(BOB, TestKeys.ec("card"));
        relay.know(card);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "sealed to the key it has published");
            a.awaitMessage("sealed to the key it has published", MessageState.PUBLISHED);
            try (TestClient b = start(card).online()) {
                b.awaitMessage("sealed to the key it has published", MessageState.RECEIVED);
            }
        }
    }

    @Test
    void neverSealsToARevokedDeviceWhateverTheRelaySays() throws Exception {
        Identity stolen = pki.client(BOB);
        relay.know(bob);
        relay.know(stolen); // as one that is not revoked
        relay.publish(pki.revoke(stolen.chain().leaf()));
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "secret");
            a.awaitMessage("secret", MessageState.PUBLISHED);
        }
        assertThat(relay.letters(CONVERSATION).getFirst().seal().wraps())
                .extracting(Wrap::device)
                .containsExactlyInAnyOrder(alice.deviceId(), bob.deviceId());
    }

    @Test
    void saysThatEveryDeviceIsRevoked() throws Exception {
        relay.know(bob);
        relay.publish(pki.revoke(bob.chain().leaf()));
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "secret");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("every device of " + BOB + " is revoked");
        }
        assertThat(relay.letters(CONVERSATION)).isEmpty();
    }

    @Test
    void saysThatSomebodyHasNeverConnected() throws Exception {
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "anybody there?");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("has never connected");
        }
    }

    @Test
    void writesToOnesOwnOtherDevices() throws Exception {
        Identity second = pki.client(ALICE);
        relay.know(alice);
        relay.know(second);
        try (TestClient other = start(second).online();
                TestClient a = start(alice).online()) {
            a.say(ALICE, "do not forget the keys");
            a.awaitMessage("do not forget the keys", MessageState.PUBLISHED);
            Message received = other.awaitMessage("do not forget the keys", MessageState.PUBLISHED);
            assertThat(received.mine()).isTrue();
            assertThat(received.with()).contains(new Address(ALICE));
        }
    }

    @Test
    void wrapsAKeyOnceForManyLetters() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online();
                TestClient b = start(bob).online()) {
            for (int i = 0; i < 3; i++) {
                a.say(BOB, "a" + i);
                b.awaitMessage("a" + i, MessageState.RECEIVED);
            }
        }
        assertThat(seals()).hasSize(1);
        assertThat(relay.sealsUploaded).isEqualTo(1);
        assertThat(relay.letters(CONVERSATION))
                .as("what a short line costs within an epoch, however many read it")
                .allSatisfy(stored -> assertThat(stored.letter().derLength()).isLessThan(2048));
    }

    @Test
    void wrapsAKeyForEachLetterWhereThatIsAsked() throws Exception {
        relay.know(bob);
        try (TestClient a =
                TestClient.start(pki, alice, relay.address(), directory, 1).online()) {
            a.say(BOB, "one");
            a.say(BOB, "two");
            a.awaitMessage("two", MessageState.PUBLISHED);
        }
        assertThat(seals()).hasSize(2);
    }

    @Test
    void drawsAnotherKeyAfterAnHour() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "now");
            a.awaitMessage("now", MessageState.PUBLISHED);
            pki.advance(Duration.ofMinutes(59));
            a.say(BOB, "within the hour");
            a.awaitMessage("within the hour", MessageState.PUBLISHED);
            pki.advance(Duration.ofMinutes(1));
            a.say(BOB, "later");
            a.awaitMessage("later", MessageState.PUBLISHED);
        }
        assertThat(seals()).hasSize(2);
    }

    @Test
    void drawsAnotherKeyWhenADeviceIsAdded() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "to one");
            a.awaitMessage("to one", MessageState.PUBLISHED);
            relay.know(pki.client(BOB));
            relay.locked(() -> relay.refusals.add(ProtocolError.STALE_SEAL));
            a.say(BOB, "to two");
            a.awaitMessage("to two", MessageState.PUBLISHED);
        }
        assertThat(seals()).hasSize(2);
    }

    @Test
    void sealsAnewWhereTheRelayHasLostTheSeal() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online();
                TestClient b = start(bob).online()) {
            a.say(BOB, "first");
            b.awaitMessage("first", MessageState.RECEIVED);
            relay.locked(() -> relay.refusals.add(ProtocolError.UNKNOWN_SEAL));
            a.say(BOB, "second");
            b.awaitMessage("second", MessageState.RECEIVED);
        }
        assertThat(seals()).hasSize(2);
    }

    private Set<String> seals() {
        return relay.letters(CONVERSATION).stream()
                .map(stored -> HexFormat.of().formatHex(stored.letter().header().sealId()))
                .collect(Collectors.toSet());
    }

    @Test
    void doesNotBelieveADeviceOfAnotherAuthority() throws Exception {
        relay.know(pki.issuedBySomeoneElse(BOB));
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "secret");
            a.awaitFailure();
        }
        assertThat(relay.letters(CONVERSATION)).isEmpty();
    }

    @Test
    void sealsNothingByOutdatedRevocationLists() throws Exception {
        relay.know(bob);
        relay.publish(pki.staleCrls());
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "waits");
            a.awaitMessage("waits", MessageState.QUEUED);
            assertThat(relay.letters(CONVERSATION)).isEmpty();
            pki.revoke(pki.client("mallory@lab.example").chain().leaf()); // a list with a higher number
            relay.publish(pki.crls());
            a.awaitMessage("waits", MessageState.PUBLISHED);
        }
    }

    @Test
    void storesAnAlteredLetterAsFailedAcknowledgesItAndGoesOn() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            relay.locked(() -> relay.distortion = deliver -> Optional.of(altered(deliver)));
            a.say(BOB, "altered");
            Message failed = b.awaitFailure();
            assertThat(failed.failure().orElseThrow()).contains("DECRYPTION_FAILED");
            assertThat(failed.text()).isEmpty();
            relay.locked(() -> relay.distortion = Optional::of);
            a.say(BOB, "whole");
            b.awaitMessage("whole", MessageState.RECEIVED);
            assertThat(List.of(acknowledged(), acknowledged())).containsExactly(1L, 2L);
        }
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
        relay.know(pki.client("carol@lab.example"));
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            relay.locked(() -> relay.distortion = deliver -> Optional.of(new Frame.Deliver(
                    deliver.conversation(),
                    deliver.sequence(),
                    deliver.acceptedAt(),
                    deliver.transcript(),
                    deliver.envelopeDer(),
                    new Address("carol@lab.example"))));
            a.say(BOB, "I am Alice");
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("SENDER_MISMATCH");
        }
    }

    @Test
    void refusesALetterThatTheRelayHeldBackForTooLong() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            Instant later = pki.now().plus(Duration.ofMinutes(6));
            relay.locked(() -> relay.distortion = deliver -> Optional.of(new Frame.Deliver(
                    deliver.conversation(),
                    deliver.sequence(),
                    later,
                    deliver.transcript(),
                    deliver.envelopeDer(),
                    deliver.from())));
            a.say(BOB, "old");
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("TIME_MISMATCH");
        }
    }

    @Test
    void refusesWhatWasSignedWithARevokedKey() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "before");
            b.awaitMessage("before", MessageState.RECEIVED);
            relay.publish(pki.revoke(alice.chain().leaf()));
            b.await(
                    Event.ContactsChanged.class,
                    changed -> changed.contacts().stream().anyMatch(contact -> contact.trust() == Trust.REVOKED));
            relay.deliverAgain();
            b.say(ALICE, "are you there?");
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("is revoked");
            assertThat(b.texts(ALICE)).containsExactly("before", "are you there?");
        }
    }

    @Test
    void showsNothingOfALetterThatARevokedDeviceSigned() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "from a stolen device");
            a.awaitMessage("from a stolen device", MessageState.PUBLISHED);
        }
        relay.publish(pki.revoke(alice.chain().leaf())); // in the moment in which the letter was taken
        try (TestClient b = start(bob)) {
            Message failed = b.awaitFailure();
            assertThat(failed.failure().orElseThrow()).contains("had been revoked");
            assertThat(failed.text()).isEmpty();
            assertThat(acknowledged()).isEqualTo(1);
        }
    }

    @Test
    void showsALetterOnlyOnceItsSignerCanBeJudged() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "wait");
            a.awaitMessage("wait", MessageState.PUBLISHED);
        }
        relay.publish(pki.staleCrls());
        try (TestClient b = start(bob)) {
            b.await(Event.Problem.class, problem -> problem.sentence().contains("letters wait unshown"));
            assertThat(b.texts(ALICE)).isEmpty();
            assertThat(relay.acknowledged).isEmpty();
            // A list with a higher number.
            relay.publish(pki.revoke(pki.client("mallory@lab.example").chain().leaf()));
            b.awaitMessage("wait", MessageState.RECEIVED);
        }
    }

    @Test
    void tellsOfLettersThatWereNotFetchedInTime() throws Exception {
        try (TestClient b = start(bob).online()) {
            relay.say(new Frame.Gap(CONVERSATION, 7, 3, Digest.NONE));
            b.await(
                    Event.Problem.class,
                    problem -> problem.kind() == ProblemKind.LETTERS_LAPSED
                            && problem.sentence().startsWith("3 messages"));
            assertThat(acknowledged()).as("as if they had come").isEqualTo(7);
            relay.say(new Frame.Lapsed(CONVERSATION, new Address(ALICE), 9, 1));
            b.await(
                    Event.Problem.class,
                    problem -> problem.kind() == ProblemKind.LETTERS_LAPSED
                            && problem.sentence().startsWith("1 message to " + ALICE));
            assertThat(relay.seen.poll(20, TimeUnit.SECONDS))
                    .isEqualTo(new Frame.LapsedSeen(CONVERSATION, new Address(ALICE), 9));
        }
    }

    @Test
    void comesBackHoweverLateTheRelayWantsIt() throws Exception {
        try (TestClient a = start(alice).online()) {
            relay.say(new Frame.Goodbye(
                    SessionEndCode.DRAINING, "for ever", Optional.of(Duration.ofMillis(Long.MAX_VALUE))));
            Event.ConnectionChanged offline = a.await(
                    Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Offline);
            assertThat(((ConnectionState.Offline) offline.state()).retryAt().orElseThrow())
                    .isBefore(pki.now().plus(Duration.ofDays(1)));
            a.engine.submit(new Command.RetryNow());
            a.online();
        }
    }

    @Test
    void newRevocationListsDoNotFailALetterThatWaitsForTheDirectory() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            relay.locked(() -> relay.unanswered = Optional.of(bob.deviceId()));
            a.say(BOB, "who am I?");
            Runnable answer = relay.questions.poll(20, TimeUnit.SECONDS);
            assertThat(answer).as("nothing was asked").isNotNull();
            relay.publish(pki.revoke(pki.client("eve@lab.example").chain().leaf()));
            relay.locked(answer);
            b.awaitMessage("who am I?", MessageState.RECEIVED);
        }
    }

    @Test
    void takesNothingOfAConversationFromARelayThatNamesAnother() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            relay.say(new Frame.Deliver(
                    CONVERSATION, 7, pki.now(), Digest.NONE, new byte[100], new Address("mallory@lab.example")));
            a.awaitFailure();
            a.say(BOB, "to Bob");
            a.awaitMessage("to Bob", MessageState.PUBLISHED);
        }
        assertThat(relay.letters(CONVERSATION).getFirst().seal().addresses())
                .containsExactly(new Address(ALICE), new Address(BOB));
    }

    @Test
    void marksNothingAsSentThatWasNot() throws Exception {
        relay.know(bob);
        try (TestClient a = start(alice).online()) {
            relay.locked(() -> relay.unanswered = Optional.of(alice.deviceId()));
            a.say(BOB, "queued");
            a.awaitMessage("queued", MessageState.QUEUED);
            relay.say(new Frame.Published(CONVERSATION, ChainId.random(new SecureRandom()), 1, 1, Digest.NONE));
            relay.sayGoodbye(SessionEndCode.IDLE);
            a.await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Offline);
            assertThat(a.history(BOB).getFirst().state()).isEqualTo(MessageState.QUEUED);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a fault in the engine's own work, of which none is known
    void saysThatItHasFailedInsteadOfFallingSilent() throws Exception {
        try (TestClient a = start(alice).online();
                Courier courier = new Courier(a.engine)) {
            a.engine.submit(null);
            a.await(Event.Problem.class, problem -> problem.kind() == ProblemKind.INTERNAL);
            a.await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Offline);
            assertThat(courier.run(
                            new Command.SendText(a.engine.person(new Address(BOB)), "lost?"), Duration.ofMillis(1)))
                    .as("what is not stored is not called queued")
                    .isInstanceOf(Dispatch.Failed.class);
        }
    }

    @Test
    void showsOnceWhatIsDeliveredTwice() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "one");
            b.awaitMessage("one", MessageState.RECEIVED);
            relay.deliverAgain();
            a.say(BOB, "two");
            b.awaitMessage("two", MessageState.RECEIVED);
            assertThat(b.texts(ALICE)).containsExactly("one", "two");
        }
    }

    @Test
    @Defends(Threat.HISTORY_SHOWN_DIFFERENTLY)
    void namesWhatTheRelayHeldBack() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "one");
            b.awaitMessage("one", MessageState.RECEIVED);
            relay.locked(() -> relay.distortion = _ -> Optional.empty());
            a.say(BOB, "two");
            a.awaitMessage("two", MessageState.PUBLISHED);
            relay.locked(() ->
                    relay.distortion = deliver -> deliver.sequence() == 2 ? Optional.empty() : Optional.of(deliver));
            a.say(BOB, "three");
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("missing");
            b.awaitMessage("three", MessageState.RECEIVED);
        }
    }

    @Test
    @Defends(Threat.HISTORY_SHOWN_DIFFERENTLY)
    void noticesARelayThatRewritesItsRecord() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "one");
            b.awaitMessage("one", MessageState.RECEIVED);
            relay.locked(() -> relay.distortion = deliver -> Optional.of(new Frame.Deliver(
                    deliver.conversation(),
                    deliver.sequence(),
                    deliver.acceptedAt(),
                    Digest.NONE,
                    deliver.envelopeDer(),
                    deliver.from())));
            a.say(BOB, "two");
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("TRANSCRIPT_MISMATCH");
            b.awaitMessage("two", MessageState.RECEIVED);
        }
    }

    @Test
    void showsOnAllOwnDevicesWhatOneHasSent() throws Exception {
        Identity laptop = pki.client(ALICE);
        relay.know(bob);
        relay.know(alice);
        relay.know(laptop);
        try (TestClient l = start(laptop).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "from the other device");
            Message seen = l.awaitMessage("from the other device", MessageState.PUBLISHED);
            assertThat(seen.mine()).isTrue();
            assertThat(seen.with()).contains(new Address(BOB));
        }
    }

    @Test
    void countsWhatIsUnreadUntilItIsLookedAt() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "look");
            b.await(Event.ContactsChanged.class, changed -> unread(changed) == 1);
            b.engine.submit(new Command.OpenConversation(b.engine.person(new Address(ALICE))));
            b.await(Event.ContactsChanged.class, changed -> unread(changed) == 0);
        }
    }

    private static int unread(Event.ContactsChanged changed) {
        return changed.contacts().stream().mapToInt(Contact::unread).sum();
    }

    @Test
    void findsPeopleByTheBeginningOfTheirAddress() throws Exception {
        relay.know(bob);
        relay.know(pki.client("carol@lab.example"));
        try (TestClient a = start(alice).online()) {
            a.engine.submit(new Command.FindPeople("bo"));
            Event.PeopleFound found =
                    a.await(Event.PeopleFound.class, answer -> answer.prefix().equals("bo"));
            assertThat(found.people()).singleElement().satisfies(contact -> {
                assertThat(contact.address()).hasToString(BOB);
                assertThat(contact.displayName()).isEqualTo("Bob");
                assertThat(contact.trust()).isEqualTo(Trust.TRUSTED);
                assertThat(contact.devices().getFirst().pathNames())
                        .containsExactly(BOB, "Lab Issuing CA", "Lab Root CA");
            });
        }
    }

    @Test
    void endsWhenItsCertificateIsRevoked() throws Exception {
        try (TestClient a = start(alice).online()) {
            relay.sayGoodbye(SessionEndCode.REVOKED);
            assertThat(awaitEnd(a)).isEqualTo(EndReason.REVOKED);
        }
    }

    @Test
    void endsWhenAnotherProgramTakesItsPlace() throws Exception {
        try (TestClient a = start(alice).online()) {
            relay.sayGoodbye(SessionEndCode.REPLACED);
            assertThat(awaitEnd(a)).isEqualTo(EndReason.REPLACED);
        }
    }

    @Test
    void saysNothingToARelayOfAnotherAuthority() throws Exception {
        relay.close();
        relay = new TestRelay(pki, pki.otherAuthority().server("127.0.0.1"));
        try (TestClient a = start(alice)) {
            assertThat(awaitEnd(a)).isEqualTo(EndReason.RELAY_NOT_TRUSTED);
        }
    }

    @Test
    void saysNothingToARelayForAnotherHost() throws Exception {
        relay.close();
        relay = new TestRelay(pki, pki.server("chat.lab.example"));
        try (TestClient a = start(alice)) {
            assertThat(awaitEnd(a)).isEqualTo(EndReason.RELAY_NOT_TRUSTED);
        }
    }

    @Test
    void leavesARelayWhoseCertificateIsRevoked() throws Exception {
        relay.close();
        Identity stolen = pki.server("127.0.0.1");
        relay = new TestRelay(pki, stolen);
        relay.publish(pki.revoke(stolen.chain().leaf()));
        try (TestClient a = start(alice)) {
            assertThat(awaitEnd(a)).isEqualTo(EndReason.RELAY_NOT_TRUSTED);
        }
    }

    @Test
    void doesNotConnectWithAnExpiredCertificate() throws Exception {
        try (TestClient a = start(pki.expired(ALICE))) {
            assertThat(awaitEnd(a)).isEqualTo(EndReason.EXPIRED);
        }
    }

    private static EndReason awaitEnd(TestClient client) throws InterruptedException {
        Event.ConnectionChanged changed =
                client.await(Event.ConnectionChanged.class, event -> event.state() instanceof ConnectionState.Ended);
        return ((ConnectionState.Ended) changed.state()).reason();
    }
}
