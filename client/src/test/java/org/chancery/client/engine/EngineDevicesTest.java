package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.Verification;
import org.chancery.client.store.ChainChange;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.SafetyNumber;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.membership.MembershipEntry;
import org.junit.jupiter.api.Test;

/// Devices that join and end, and chains that are not what they were.
final class EngineDevicesTest extends Lab {
    private final Identity phone = device(ALICE);

    @Test
    void bothDevicesShowTheSameWordsAndTheOldOneLetsTheNewOneJoin() throws Exception {
        relay.know(bob);
        TestClient a = onChain(alice);
        TestClient p = start(phone);
        DevicesView asking = p.awaitStanding(DeviceStanding.WAITING);
        DevicesView.Waiting waiting = a.awaitWaiting();
        assertThat(waiting.device()).isEqualTo(phone.deviceId());
        assertThat(asking.words()).contains(waiting.words());

        p.say(BOB, "once I am let in");
        assertThat(a.done(new Command.ApproveDevice(phone.deviceId()))).isEmpty();
        DevicesView joined = p.awaitStanding(DeviceStanding.ON_CHAIN);
        assertThat(joined.devices())
                .extracting(DevicesView.OnChain::device)
                .containsExactly(alice.deviceId(), phone.deviceId());
        p.awaitMessage("once I am let in", MessageState.PUBLISHED);
        assertThat(relay.letters(CONVERSATION).getFirst().seal().wraps())
                .extracting(Wrap::device)
                .contains(alice.deviceId(), phone.deviceId());
    }

    /// Of them it cannot know how many there were.
    @Test
    void aNewDeviceMissesNothingThatWasWrittenBeforeIt() throws Exception {
        TestClient b = onChain(bob);
        TestClient a = onChain(alice);
        exchange(b, a, "before, 1");
        exchange(b, a, "before, 2");
        TestClient p = start(phone);
        p.say(BOB, "once I am let in");
        approve(a, p);
        b.awaitMessage("once I am let in", MessageState.RECEIVED);
        exchange(b, p, "to both of you");
        assertThat(p.failures(BOB)).isEmpty();
    }

    @Test
    @Defends(Threat.DEVICE_NOBODY_LET_IN)
    void aDeviceThatNobodyApprovedNeitherWritesNorIsWrittenTo() throws Exception {
        TestClient b = onChain(bob);
        TestClient a = onChain(alice);
        TestClient p = start(phone);
        p.awaitStanding(DeviceStanding.WAITING);
        p.say(BOB, "nobody hears this");
        Event.Problem problem = p.awaitProblem(ProblemKind.DEVICE_CHAIN);
        assertThat(problem.sentence()).contains("six words");
        assertThat(problem.action().orElseThrow()).contains("client devices approve");
        exchange(b, a, "to the laptop only");
        p.settle();
        assertThat(relay.letters(CONVERSATION))
                .singleElement()
                .satisfies(stored -> assertThat(stored.seal().wraps())
                        .extracting(Wrap::device)
                        .doesNotContain(phone.deviceId()));
        assertThat(p.done(new Command.ApproveDevice(phone.deviceId()))).isPresent();
    }

    /// What an authority can do that issues a second certificate for Bob, and a relay that shows that device a chain of
    /// its own.
    @Test
    @Defends(Threat.DEVICE_NOBODY_LET_IN)
    void nothingIsBelievedOfADeviceThatIsNotOnTheChain() throws Exception {
        Identity ghost = device(BOB);
        relay.know(bob);
        relay.locked(() -> relay.lies.put(ghost.deviceId(), first(BOB, ghost)));
        TestClient a = onChain(alice);
        TestClient g = onChain(ghost);
        g.send(ALICE, "I am Bob, believe me");
        assertThat(a.awaitWhy()).contains("SENDER_NOT_ON_CHAIN");
        assertThat(a.texts(BOB)).noneMatch(text -> text.contains("believe me"));
    }

    /// The authority has issued a certificate for an owner, and the relay has it throw somebody out.
    @Test
    @Defends(Threat.MEMBER_NOBODY_LET_IN)
    void nothingIsChangedInARoomByADeviceThatIsNotOnTheChain() throws Exception {
        Identity ghost = device(ALICE);
        TestClient a = onChain(alice);
        TestClient b = onChain(bob);
        ConversationId room = room(a, b);
        relay.list(ghost);
        relay.slipIn(ghost, room, new MembershipEntry.Act.Remove(BOB));
        Event.Problem problem = b.awaitProblem(ProblemKind.RELAY_INCONSISTENT);
        assertThat(problem.sentence()).contains("not on their device chain");
        b.barrier();
        assertThat(b.engine.rooms().getFirst().members()).containsKey(BOB);
    }

    @Test
    void somebodyWhoIsAboutToBeginAChainIsWaitedFor() throws Exception {
        relay.list(bob);
        TestClient a = onChain(alice);
        a.say(BOB, "welcome");
        Query query = relay.queries.poll(20, TimeUnit.SECONDS);
        while (!new Query.ByAddress(BOB).equals(query)) {
            assertThat(query).isNotNull();
            query = relay.queries.poll(20, TimeUnit.SECONDS);
        }
        relay.know(bob);
        a.awaitMessage("welcome", MessageState.PUBLISHED);
    }

    @Test
    void nobodyIsWaitedForForEver() throws Exception {
        relay.list(bob);
        TestClient a = onChain(alice);
        a.say(BOB, "secret");
        assertThat(a.awaitWhy()).contains("has begun a device chain");
    }

    @Test
    void aDeviceThatWasEndedIsSealedToNoLonger() throws Exception {
        relay.know(alice);
        relay.know(phone);
        TestClient b = onChain(bob);
        TestClient a = onChain(alice);
        b.send(ALICE, "to both");
        assertThat(a.done(new Command.EndDevice(phone.deviceId()))).isEmpty();
        assertThat(a.done(new Command.EndDevice(phone.deviceId()))).isPresent();
        assertThat(a.done(new Command.EndDevice(alice.deviceId())))
                .as("the last")
                .isPresent();
        b.send(ALICE, "to the laptop");
        assertThat(relay.letters(CONVERSATION))
                .extracting(stored ->
                        stored.seal().wraps().stream().map(Wrap::device).anyMatch(phone.deviceId()::equals))
                .containsExactly(true, false);
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
        Identity ghost = device(BOB);
        relay.know(bob);
        TestClient a = onChain(alice);
        SafetyNumber before = a.verify(BOB).number().orElseThrow();
        assertThat(a.done(new Command.MarkVerified(BOB, before))).isEmpty();
        assertThat(a.verify(BOB).verified()).isTrue();

        relay.list(ghost);
        shows(BOB, first(BOB, ghost));
        Verification disputed = a.verify(BOB);
        assertThat(disputed.dispute()).contains(ChainChange.ANEW);
        assertThat(disputed.number()).isEmpty();
        assertThat(disputed.verified()).isFalse();
        a.say(BOB, "secret");
        assertThat(a.awaitWhy()).contains("has started anew");
        assertThat(relay.letters(CONVERSATION)).isEmpty();

        assertThat(a.done(new Command.AcceptChain(BOB))).isEmpty();
        assertThat(a.verify(BOB).number()).isPresent().get().isNotEqualTo(before);
        assertThat(a.verify(BOB).verified()).isFalse();
        a.send(BOB, "to the new one");
        assertThat(relay.letters(CONVERSATION).getFirst().seal().wraps())
                .extracting(Wrap::device)
                .containsExactlyInAnyOrder(alice.deviceId(), ghost.deviceId());
    }

    @Test
    void itIsLoud() throws Exception {
        relay.know(bob);
        TestClient a = onChain(alice);
        a.verify(BOB);
        shows(BOB, first(BOB, bob));
        a.submit(new Command.Verify(BOB));
        Event.Problem problem = a.awaitProblem(ProblemKind.DEVICE_CHAIN);
        assertThat(problem.sentence()).contains(BOB.value()).contains("has started anew");
        assertThat(problem.action().orElseThrow()).contains("--accept");
    }

    @Test
    void aChainOfOnesOwnThatOneDidNotMakeIsTold() throws Exception {
        Identity ghost = device(ALICE);
        onChain(alice).close();
        relay.list(ghost);
        shows(ALICE, first(ALICE, ghost));
        TestClient a = start(alice);
        assertThat(a.awaitStanding(DeviceStanding.DISPUTED).trouble().orElseThrow())
                .contains("that you did not make");
        a.settle();
        assertThat(Objects.requireNonNull(relay.chains.get(ALICE))).hasSize(1);
    }

    /// The relay has lost it: people are warned, for they cannot tell that from an attack.
    @Test
    void aChainOfOnesOwnThatIsGoneIsBegunAnewAloud() throws Exception {
        onChain(alice).close();
        relay.locked(() -> relay.chains.remove(ALICE));
        TestClient a = start(alice);
        Event.Problem problem = a.awaitProblem(ProblemKind.DEVICE_CHAIN);
        assertThat(problem.sentence()).contains("begins another");
        a.awaitStanding(DeviceStanding.ON_CHAIN);
    }

    @Test
    void aChainOnWhichNobodyCanSignIsBegunAnew() throws Exception {
        relay.know(alice);
        relay.publish(pki.revoke(alice.chain().leaf()));
        TestClient p = start(phone);
        Event.Problem problem = p.awaitProblem(ProblemKind.DEVICE_CHAIN);
        assertThat(problem.sentence()).contains("can sign any longer");
        assertThat(relay.joined.poll(20, TimeUnit.SECONDS)).isEqualTo(ALICE);
    }
}
