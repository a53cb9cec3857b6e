package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chancery.client.store.ChainChange;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.SafetyNumber;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that join and end, and chains that are not what they were.
class EngineDevicesTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId CONVERSATION = ConversationId.direct(ALICE, BOB);

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE.value());
    private final Identity phone = pki.client(ALICE.value());
    private final Identity bob = pki.client(BOB.value());
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

    private static DevicesView awaitStanding(TestClient client, DeviceStanding standing) throws InterruptedException {
        return client.await(
                        Event.OwnDevicesChanged.class,
                        changed -> changed.devices().standing() == standing)
                .devices();
    }

    private TestClient onChain(Identity identity) throws Exception {
        TestClient client = start(identity);
        awaitStanding(client, DeviceStanding.ON_CHAIN);
        return client;
    }

    private static DevicesView.Waiting awaitWaiting(TestClient client) throws InterruptedException {
        return client.await(
                        Event.OwnDevicesChanged.class,
                        changed -> !changed.devices().waiting().isEmpty())
                .devices()
                .waiting()
                .getFirst();
    }

    private static Optional<String> done(TestClient client, Command.DeviceAct act) throws InterruptedException {
        client.engine.submit(act);
        return client.await(Event.DeviceActed.class, acted -> acted.act().equals(act))
                .failure();
    }

    private static Optional<String> done(TestClient client, Command.TrustAct act) throws InterruptedException {
        client.engine.submit(act);
        return client.await(Event.TrustActed.class, acted -> acted.act().equals(act))
                .failure();
    }

    private static Verification verify(TestClient client, Address address) throws InterruptedException {
        client.engine.submit(new Command.Verify(address));
        return client.await(
                        Event.Verified.class,
                        verified -> verified.verification().address().equals(address))
                .verification();
    }

    @Test
    void bothDevicesShowTheSameWordsAndTheOldOneLetsTheNewOneJoin() throws Exception {
        relay.know(bob);
        try (TestClient a = onChain(alice);
                TestClient p = start(phone)) {
            DevicesView asking = awaitStanding(p, DeviceStanding.WAITING);
            DevicesView.Waiting waiting = awaitWaiting(a);
            assertThat(waiting.device()).isEqualTo(phone.deviceId());
            assertThat(asking.words()).contains(waiting.words());

            p.say(BOB.value(), "once I am let in");
            assertThat(done(a, new Command.ApproveDevice(phone.deviceId()))).isEmpty();
            DevicesView joined = awaitStanding(p, DeviceStanding.ON_CHAIN);
            assertThat(joined.devices())
                    .extracting(DevicesView.OnChain::device)
                    .containsExactly(alice.deviceId(), phone.deviceId());
            p.awaitMessage("once I am let in", MessageState.PUBLISHED);
            assertThat(relay.letters(CONVERSATION).getFirst().seal().wraps())
                    .extracting(Wrap::device)
                    .contains(alice.deviceId(), phone.deviceId());
        }
    }

    @Test
    @Defends(Threat.DEVICE_NOBODY_LET_IN)
    void aDeviceThatNobodyApprovedNeitherWritesNorIsWrittenTo() throws Exception {
        try (TestClient b = onChain(bob);
                TestClient a = onChain(alice);
                TestClient p = start(phone)) {
            awaitStanding(p, DeviceStanding.WAITING);
            p.say(BOB.value(), "nobody hears this");
            Event.Problem problem = p.await(Event.Problem.class, it -> it.kind() == ProblemKind.DEVICE_CHAIN);
            assertThat(problem.sentence()).contains("six words");
            assertThat(problem.action().orElseThrow()).contains("client devices approve");
            b.say(ALICE.value(), "to the laptop only");
            a.awaitMessage("to the laptop only", MessageState.RECEIVED);
            assertThat(relay.letters(CONVERSATION))
                    .singleElement()
                    .satisfies(stored -> assertThat(stored.seal().wraps())
                            .extracting(Wrap::device)
                            .doesNotContain(phone.deviceId()));
            assertThat(done(p, new Command.ApproveDevice(phone.deviceId()))).isPresent();
        }
    }

    /// What an authority can do that issues a second certificate for Bob, and a relay that shows that device a chain of
    /// its own.
    @Test
    @Defends(Threat.DEVICE_NOBODY_LET_IN)
    void nothingIsBelievedOfADeviceThatIsNotOnTheChain() throws Exception {
        Identity ghost = pki.client(BOB.value());
        relay.know(bob);
        relay.locked(() -> relay.lies.put(ghost.deviceId(), first(BOB, ghost)));
        try (TestClient a = onChain(alice);
                TestClient g = onChain(ghost)) {
            g.say(ALICE.value(), "I am Bob, believe me");
            g.awaitMessage("I am Bob, believe me", MessageState.PUBLISHED);
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("SENDER_NOT_ON_CHAIN");
            assertThat(a.texts(BOB.value())).noneMatch(text -> text.contains("believe me"));
        }
    }

    /// The authority has issued a certificate for an owner, and the relay has it throw somebody out.
    @Test
    @Defends(Threat.MEMBER_NOBODY_LET_IN)
    void nothingIsChangedInARoomByADeviceThatIsNotOnTheChain() throws Exception {
        Identity ghost = pki.client(ALICE.value());
        try (TestClient a = onChain(alice);
                TestClient b = onChain(bob)) {
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new MembershipEntry.Act.Invite(BOB, Role.MEMBER));
            b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
            b.change(room, new MembershipEntry.Act.Accept());
            b.awaitRoom(room, view -> view.members().size() == 2);
            relay.list(ghost);
            relay.slipIn(ghost, room, new MembershipEntry.Act.Remove(BOB));
            Event.Problem problem = b.await(Event.Problem.class, it -> it.kind() == ProblemKind.RELAY_INCONSISTENT);
            assertThat(problem.sentence()).contains("not on their device chain");
            assertThat(b.engine.rooms().getFirst().members()).containsKey(BOB);
        }
    }

    @Test
    void somebodyWhoIsAboutToBeginAChainIsWaitedFor() throws Exception {
        relay.list(bob);
        try (TestClient a = onChain(alice)) {
            a.say(BOB.value(), "welcome");
            Query query = relay.queries.poll(20, TimeUnit.SECONDS);
            while (!new Query.ByAddress(BOB).equals(query)) {
                assertThat(query).isNotNull();
                query = relay.queries.poll(20, TimeUnit.SECONDS);
            }
            relay.know(bob);
            a.awaitMessage("welcome", MessageState.PUBLISHED);
        }
    }

    @Test
    void nobodyIsWaitedForForEver() throws Exception {
        relay.list(bob);
        try (TestClient a = onChain(alice)) {
            a.say(BOB.value(), "secret");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("has begun a device chain");
        }
    }

    @Test
    void aDeviceThatWasEndedIsSealedToNoLonger() throws Exception {
        relay.know(alice);
        relay.know(phone);
        try (TestClient b = onChain(bob);
                TestClient a = onChain(alice)) {
            b.say(ALICE.value(), "to both");
            b.awaitMessage("to both", MessageState.PUBLISHED);
            assertThat(done(a, new Command.EndDevice(phone.deviceId()))).isEmpty();
            assertThat(done(a, new Command.EndDevice(phone.deviceId()))).isPresent();
            assertThat(done(a, new Command.EndDevice(alice.deviceId())))
                    .as("the last")
                    .isPresent();
            b.say(ALICE.value(), "to the laptop");
            b.awaitMessage("to the laptop", MessageState.PUBLISHED);
            assertThat(relay.letters(CONVERSATION))
                    .extracting(stored ->
                            stored.seal().wraps().stream().map(Wrap::device).anyMatch(phone.deviceId()::equals))
                    .containsExactly(true, false);
        }
    }

    private EncodedRecord first(Address address, Identity device) {
        return RecordSigner.sign(
                        device,
                        ContentPurpose.DEVICE_ENTRY,
                        DeviceChain.first(address, device.deviceId()).encode(),
                        pki.now())
                .encoded();
    }

    private void shows(Address address, EncodedRecord... chain) {
        relay.locked(() -> relay.chains.put(address, new ArrayList<>(List.of(chain))));
    }

    /// What an authority can do that issues a second certificate for Bob, with the relay's help.
    @Test
    @Defends(Threat.CHAIN_BEGUN_ANEW)
    void nothingIsSealedToAChainThatStartsAnewBeforeItIsAccepted() throws Exception {
        Identity ghost = pki.client(BOB.value());
        relay.know(bob);
        try (TestClient a = onChain(alice)) {
            SafetyNumber before = verify(a, BOB).number().orElseThrow();
            assertThat(done(a, new Command.MarkVerified(BOB, before))).isEmpty();
            assertThat(verify(a, BOB).verified()).isTrue();

            relay.list(ghost);
            shows(BOB, first(BOB, ghost));
            Verification disputed = verify(a, BOB);
            assertThat(disputed.dispute()).contains(ChainChange.ANEW);
            assertThat(disputed.number()).isEmpty();
            assertThat(disputed.verified()).isFalse();
            a.say(BOB.value(), "secret");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("has started anew");
            assertThat(relay.letters(CONVERSATION)).isEmpty();

            assertThat(done(a, new Command.AcceptChain(BOB))).isEmpty();
            assertThat(verify(a, BOB).number()).isPresent().get().isNotEqualTo(before);
            assertThat(verify(a, BOB).verified()).isFalse();
            a.say(BOB.value(), "to the new one");
            a.awaitMessage("to the new one", MessageState.PUBLISHED);
            assertThat(relay.letters(CONVERSATION).getFirst().seal().wraps())
                    .extracting(Wrap::device)
                    .containsExactlyInAnyOrder(alice.deviceId(), ghost.deviceId());
        }
    }

    @Test
    void itIsLoud() throws Exception {
        relay.know(bob);
        try (TestClient a = onChain(alice)) {
            verify(a, BOB);
            shows(BOB, first(BOB, bob));
            a.engine.submit(new Command.Verify(BOB));
            Event.Problem problem = a.await(Event.Problem.class, it -> it.kind() == ProblemKind.DEVICE_CHAIN);
            assertThat(problem.sentence()).contains(BOB.value()).contains("has started anew");
            assertThat(problem.action().orElseThrow()).contains("--accept");
        }
    }

    @Test
    void aMarkHoldsOverDevicesThatJoin() throws Exception {
        relay.know(bob);
        try (TestClient a = onChain(alice)) {
            SafetyNumber number = verify(a, BOB).number().orElseThrow();
            done(a, new Command.MarkVerified(BOB, number));
            relay.know(pki.client(BOB.value()));
            Verification grown = verify(a, BOB);
            assertThat(grown.verified()).isTrue();
            assertThat(grown.number()).contains(number);
            assertThat(done(a, new Command.MarkUnverified(BOB))).isEmpty();
            assertThat(verify(a, BOB).verified()).isFalse();
        }
    }

    @Test
    void aMarkIsSharedAmongOnesOwnDevices() throws Exception {
        relay.know(alice);
        relay.know(phone);
        relay.know(bob);
        try (TestClient p = onChain(phone);
                TestClient a = onChain(alice)) {
            SafetyNumber number = verify(a, BOB).number().orElseThrow();
            done(a, new Command.MarkVerified(BOB, number));
            p.await(Event.TrustActed.class, acted -> acted.act().equals(new Command.MarkVerified(BOB, number)));
            assertThat(verify(p, BOB).verified()).isTrue();
            done(p, new Command.MarkUnverified(BOB));
            a.await(Event.TrustActed.class, acted -> acted.act().equals(new Command.MarkUnverified(BOB)));
            assertThat(verify(a, BOB).verified()).isFalse();
        }
    }

    @Test
    void aDeviceThatHasJoinedHearsOfTheMarks() throws Exception {
        relay.know(bob);
        try (TestClient a = onChain(alice)) {
            SafetyNumber number = verify(a, BOB).number().orElseThrow();
            done(a, new Command.MarkVerified(BOB, number));
            try (TestClient p = start(phone)) {
                awaitWaiting(a);
                done(a, new Command.ApproveDevice(phone.deviceId()));
                p.await(Event.TrustActed.class, acted -> acted.act().equals(new Command.MarkVerified(BOB, number)));
            }
        }
    }

    @Test
    void noMarkIsMadeOverANumberThatIsNotTheOne() throws Exception {
        relay.know(bob);
        try (TestClient a = onChain(alice)) {
            verify(a, BOB);
            assertThat(done(a, new Command.MarkVerified(BOB, new SafetyNumber("0".repeat(60)))))
                    .isPresent();
            assertThat(verify(a, BOB).verified()).isFalse();
            assertThat(done(a, new Command.AcceptChain(BOB)))
                    .as("nothing to accept")
                    .isPresent();
        }
    }

    @Test
    void aChainOfOnesOwnThatOneDidNotMakeIsTold() throws Exception {
        Identity ghost = pki.client(ALICE.value());
        onChain(alice).close();
        relay.list(ghost);
        shows(ALICE, first(ALICE, ghost));
        try (TestClient a = start(alice)) {
            assertThat(awaitStanding(a, DeviceStanding.DISPUTED).trouble().orElseThrow())
                    .contains("that you did not make");
            assertThat(Objects.requireNonNull(relay.chains.get(ALICE))).hasSize(1);
        }
    }

    /// The relay has lost it: people are warned, for they cannot tell that from an attack.
    @Test
    void aChainOfOnesOwnThatIsGoneIsBegunAnewAloud() throws Exception {
        onChain(alice).close();
        relay.locked(() -> relay.chains.remove(ALICE));
        try (TestClient a = start(alice)) {
            Event.Problem problem = a.await(Event.Problem.class, it -> it.kind() == ProblemKind.DEVICE_CHAIN);
            assertThat(problem.sentence()).contains("begins another");
            awaitStanding(a, DeviceStanding.ON_CHAIN);
        }
    }

    @Test
    void aChainOnWhichNobodyCanSignIsBegunAnew() throws Exception {
        relay.know(alice);
        relay.publish(pki.revoke(alice.chain().leaf()));
        try (TestClient p = start(phone)) {
            Event.Problem problem = p.await(Event.Problem.class, it -> it.kind() == ProblemKind.DEVICE_CHAIN);
            assertThat(problem.sentence()).contains("can sign any longer");
            assertThat(relay.joined.poll(20, TimeUnit.SECONDS)).isEqualTo(ALICE);
        }
    }
}
