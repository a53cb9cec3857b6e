package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.EnvelopeOpener;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.protocol.frame.TranscriptHash;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.testing.Scribe;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of a room, and of a device chain, through a relay over real sockets.
class RelayRoomsTest {

    private static final Address BOB = new Address("bob@lab.example");
    private static final Address CAROL = new Address("carol@lab.example");

    private final TestPki pki = TestPki.create();
    private final Scribe scribe = new Scribe(pki);
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());
    private final Identity carol = pki.client(CAROL.value());

    @TempDir
    private Path directory;

    private TestRelay relay;
    private TestClient alices;
    private TestClient bobs;
    private Membership room;
    private long id;

    @BeforeEach
    void aliceCreatesARoom() throws Exception {
        relay = TestRelay.start(pki, directory);
        alices = relay.greeted(alice);
        bobs = relay.greeted(bob);
        SignedRecord create = alices.submit(++id, new MembershipEntry.Create(new byte[32]));
        Frame.MembershipAccepted accepted = alices.expect(Frame.MembershipAccepted.class);
        room = Membership.begin(scribe.amendment(create, alice));
        assertThat(accepted.conversation()).isEqualTo(room.room());
        assertThat(accepted.sequence()).isEqualTo(1);
        assertThat(accepted.transcript()).isEqualTo(TranscriptHash.next(Digest.NONE, 1, create.hash()));
    }

    @AfterEach
    void stopRelay() throws Exception {
        relay.close();
    }

    /// Submits, is accepted, and everybody's room is the one after it.
    private Frame.MembershipAccepted does(TestClient actor, Act act) throws Exception {
        long asked = ++id;
        SignedRecord entry = actor.submit(asked, room.next(act));
        Frame.MembershipAccepted accepted =
                actor.expect(Frame.MembershipAccepted.class, answer -> answer.id() == asked);
        room = Scribe.after(room, scribe.amendment(entry, actor.identity()));
        return accepted;
    }

    private void joins(TestClient member) throws Exception {
        does(alices, new Act.Invite(member.address(), Role.MEMBER));
        does(member, new Act.Accept());
    }

    private Frame.Refused refused(TestClient actor, byte[] record) throws Exception {
        long asked = ++id;
        actor.say(new Frame.SubmitMembership(asked, EncodedRecord.of(record)));
        return actor.expect(Frame.Refused.class, answer -> answer.queryId().equals(Optional.of(asked)));
    }

    private Frame.Refused refused(TestClient actor, Act act) throws Exception {
        return refused(actor, actor.sign(room.next(act)).der());
    }

    private String open(Identity reader, Frame.Deliver delivery) throws Exception {
        PathValidator validator = new PathValidator(pki.trustAnchors());
        try (EnvelopeOpener opener = new EnvelopeOpener(reader)) {
            var opened = opener.open(
                    delivery.envelopeDer(),
                    ContentPurpose.CONTENT,
                    device -> Optional.of(validator.validate(
                            ValidationRequest.of(alice.chain().leaf())
                                    .untrusted(alice.chain().issuers())
                                    .purpose(Purpose.CLIENT)
                                    .at(pki.now())
                                    .revocation(new Revocation.NotChecked()))));
            return new String(opened.content(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whoIsInvitedHearsOfItAcceptsAndReads() throws Exception {
        Frame.MembershipAccepted invitation = does(alices, new Act.Invite(BOB, Role.MEMBER));
        Frame.DeliverMembership heard = bobs.expect(Frame.DeliverMembership.class);
        assertThat(heard.conversation()).isEqualTo(room.room());
        assertThat(heard.entry().sequence()).isEqualTo(invitation.sequence());
        assertThat(heard.transcript()).isEqualTo(invitation.transcript());

        Membership verified = replay(bobs);
        assertThat(verified).isEqualTo(room);
        does(bobs, new Act.Accept());
        assertThat(alices.expect(Frame.DeliverMembership.class).entry().sequence())
                .isEqualTo(3);

        alices.line(room, bob).send("welcome");
        Frame.Published published = alices.expect(Frame.Published.class);
        Frame.Deliver delivery = bobs.expect(Frame.Deliver.class);
        assertThat(published.sequence()).isEqualTo(4);
        assertThat(delivery.transcript()).isEqualTo(published.transcript());
        assertThat(open(bob, delivery)).isEqualTo("welcome");
    }

    /// The room from its beginning, as somebody new verifies it.
    private Membership replay(TestClient reader) throws Exception {
        reader.say(new Frame.MembershipQuery(99, room.room(), 0));
        List<MembershipPlace> places =
                reader.expect(Frame.MembershipAnswer.class).entries();
        Membership replayed = Membership.begin(read(places.getFirst()));
        for (MembershipPlace place : places.subList(1, places.size())) {
            replayed = Scribe.after(replayed, read(place));
        }
        return replayed;
    }

    private Amendment read(MembershipPlace place) throws Exception {
        return scribe.amendment(place.record().parse(), alice);
    }

    @Test
    void whoIsAwayFindsTheInvitationLater() throws Exception {
        relay.greeted(carol).close();
        does(alices, new Act.Invite(CAROL, Role.MEMBER));
        TestClient carols = relay.greeted(carol);
        Frame.DeliverMembership waited = carols.expect(Frame.DeliverMembership.class);
        carols.expect(Frame.CaughtUp.class);
        carols.say(new Frame.Acknowledge(room.room(), waited.entry().sequence()));
        carols.say(new Frame.Ping(1));
        carols.expect(Frame.Pong.class);
        carols.close();
        TestClient again = relay.greeted(carol);
        again.expect(Frame.CaughtUp.class);
        assertThat(again.unasked()).noneMatch(Frame.DeliverMembership.class::isInstance);
    }

    @Test
    void whoIsRemovedGetsTheRemovalAndNothingAppendedAfterIt() throws Exception {
        joins(bobs);
        Frame.MembershipAccepted removal = does(alices, new Act.Remove(BOB));
        bobs.expect(Frame.DeliverMembership.class, heard -> heard.entry().sequence() == removal.sequence());
        does(alices, new Act.Invite(CAROL, Role.MEMBER));
        alices.line(room, alice).send("among us");
        alices.expect(Frame.Published.class);
        bobs.line(room, alice).send("still here?");
        assertThat(bobs.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.NOT_A_MEMBER);
        assertThat(refused(bobs, new Act.Leave()).error()).isEqualTo(ProtocolError.NOT_A_MEMBER);
        bobs.say(new Frame.MembershipQuery(7, room.room(), 0));
        assertThat(bobs.expect(Frame.MembershipAnswer.class).entries())
                .last()
                .matches(place -> place.sequence() == removal.sequence());
        assertThat(bobs.unasked())
                .noneMatch(Frame.Deliver.class::isInstance)
                .noneMatch(frame -> frame instanceof Frame.DeliverMembership heard
                        && heard.entry().sequence() > removal.sequence());
    }

    @Test
    void ofTwoAtOnceOneLearnsWhatTheOtherDid() throws Exception {
        does(alices, new Act.Invite(BOB, Role.OWNER));
        does(bobs, new Act.Accept());
        Membership before = room;
        SignedRecord first = alices.submit(++id, before.next(new Act.Invite(CAROL, Role.MEMBER)));
        alices.expect(Frame.MembershipAccepted.class);
        Frame.Refused late = refused(bobs, new Act.Invite(CAROL, Role.OWNER));
        assertThat(late.error()).isEqualTo(ProtocolError.STALE);
        assertThat(late.changes()).containsExactly(first.encoded());
    }

    @Test
    void aLetterUnderAnOutdatedSealLearnsWhatChanged() throws Exception {
        joins(bobs);
        var line = alices.line(room, bob);
        line.send("one");
        alices.expect(Frame.Published.class);
        TestClient carols = relay.greeted(carol);
        joins(carols);
        line.send("two");
        Frame.Refused stale = alices.expect(Frame.Refused.class);
        assertThat(stale.error()).isEqualTo(ProtocolError.STALE_SEAL);
        assertThat(stale.changes()).hasSize(2);
        // A ghost: sealed to a device of somebody who is not in the room.
        Identity mallory = pki.client("mallory@lab.example");
        relay.greeted(mallory);
        alices.line(room, bob, carol, mallory).send("three");
        assertThat(alices.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.STALE_SEAL);
    }

    @Test
    @Defends(Threat.IN_ANOTHERS_NAME)
    void nobodySubmitsWhatAnotherSigned() throws Exception {
        does(alices, new Act.Invite(BOB, Role.MEMBER));
        byte[] bobsWord = bobs.sign(room.next(new Act.Accept())).der();
        assertThat(refused(alices, bobsWord).error()).isEqualTo(ProtocolError.NOT_AUTHORISED);
        Identity otherDevice = pki.client(BOB.value());
        byte[] bobsOther = RecordSigner.sign(
                        otherDevice,
                        ContentPurpose.MEMBERSHIP,
                        room.next(new Act.Accept()).encode(),
                        pki.now())
                .der();
        assertThat(refused(bobs, bobsOther).error()).isEqualTo(ProtocolError.NOT_AUTHORISED);
    }

    @Test
    void anEntryIsNothingInAnotherRoomOrForAnotherPurpose() throws Exception {
        SignedRecord create = alices.submit(++id, new MembershipEntry.Create(new byte[32]));
        alices.expect(Frame.MembershipAccepted.class);
        Membership other = Membership.begin(scribe.amendment(create, alice));
        SignedRecord there =
                alices.sign(new MembershipEntry.Change(other.room(), room.head(), new Act.Invite(BOB, Role.MEMBER)));
        assertThat(refused(alices, there.der()).error()).isEqualTo(ProtocolError.STALE);
        byte[] receipt = RecordSigner.sign(
                        alice,
                        ContentPurpose.RECEIPT,
                        room.next(new Act.Invite(BOB, Role.MEMBER)).encode(),
                        pki.now())
                .der();
        assertThat(refused(alices, receipt).error()).isEqualTo(ProtocolError.INVALID_RECORD);
    }

    @Test
    void whatDoesNotVerifyIsRefusedAndTheConnectionGoesOn() throws Exception {
        byte[] broken = alices.sign(room.next(new Act.Invite(BOB, Role.MEMBER))).der();
        broken[broken.length - 1] ^= 1;
        assertThat(refused(alices, broken).error()).isEqualTo(ProtocolError.INVALID_RECORD);
        assertThat(refused(alices, new byte[] {1, 2, 3}).error()).isEqualTo(ProtocolError.INVALID_RECORD);
        Identity stranger = pki.issuedBySomeoneElse("alice@lab.example");
        byte[] foreign = RecordSigner.sign(
                        stranger,
                        ContentPurpose.MEMBERSHIP,
                        room.next(new Act.Invite(BOB, Role.MEMBER)).encode(),
                        pki.now())
                .der();
        assertThat(refused(alices, foreign).error()).isEqualTo(ProtocolError.INVALID_RECORD);
        does(alices, new Act.Invite(BOB, Role.MEMBER));
    }

    /// What changed may be long: to be told of it costs as much as to ask.
    @Test
    @Defends(Threat.DEVICE_THAT_FLOODS)
    void whoIsToldWhatChangedPaysAQuery() throws Exception {
        relay.close();
        Rate plenty = new Rate(1e6, 1e6);
        relay = TestRelay.start(
                pki,
                directory,
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(plenty, plenty, plenty, new Rate(1, 2)));
        alices = relay.greeted(alice);
        Membership begun = room;
        does(alices, new Act.Invite(CAROL, Role.MEMBER));
        byte[] late = alices.sign(begun.next(new Act.Invite(BOB, Role.MEMBER))).der();
        assertThat(refused(alices, late).changes()).hasSize(1);
        assertThat(refused(alices, late).changes()).hasSize(1);
        Frame.Refused wait = refused(alices, late);
        assertThat(wait.error()).isEqualTo(ProtocolError.TOO_MANY);
        assertThat(wait.changes()).isEmpty();
        assertThat(wait.retryAfter().orElseThrow()).isPositive();
    }

    @Test
    void aRetryHasTheSameAnswerAndIsDeliveredOnce() throws Exception {
        long asked = ++id;
        SignedRecord invitation = alices.submit(asked, room.next(new Act.Invite(BOB, Role.MEMBER)));
        Frame.MembershipAccepted first = alices.expect(Frame.MembershipAccepted.class);
        alices.say(new Frame.SubmitMembership(asked, invitation.encoded()));
        assertThat(alices.expect(Frame.MembershipAccepted.class)).isEqualTo(first);
        bobs.expect(Frame.DeliverMembership.class);
        bobs.say(new Frame.Ping(1));
        bobs.expect(Frame.Pong.class);
        assertThat(bobs.unasked()).noneMatch(Frame.DeliverMembership.class::isInstance);
    }

    @Test
    void aDeviceChainIsInTheDirectoryAndEndsSessions() throws Exception {
        DeviceEntry first = DeviceChain.first(BOB, bob.deviceId());
        SignedRecord began = scribe.record(first, bob);
        bobs.say(new Frame.SubmitDevice(1, began.encoded()));
        assertThat(bobs.expect(Frame.DeviceAccepted.class)).isEqualTo(new Frame.DeviceAccepted(1, 1));

        Identity phone = pki.client(BOB.value());
        TestClient phones = relay.greeted(phone);
        DeviceChain chain = DeviceChain.begin(scribe.statement(first, bob));
        chain = new DeviceChain(BOB, began.hash(), began.hash(), 1, chain.devices(), chain.ended());
        SignedRecord added = scribe.record(chain.next(new DeviceEntry.Act.Add(phone.deviceId())), bob, phone);
        phones.say(new Frame.SubmitDevice(2, added.encoded()));
        assertThat(phones.expect(Frame.DeviceAccepted.class).position()).isEqualTo(2);

        alices.say(new Frame.DirectoryQuery(3, new Query.ByAddress(BOB)));
        Frame.DirectoryAnswer found = alices.expect(Frame.DirectoryAnswer.class);
        assertThat(found.entries()).hasSize(2);
        assertThat(found.deviceChain()).containsExactly(began.encoded(), added.encoded());

        DeviceChain longer = new DeviceChain(
                BOB, began.hash(), added.hash(), 2, Set.of(bob.deviceId(), phone.deviceId()), chain.ended());
        SignedRecord ended = scribe.record(longer.next(new DeviceEntry.Act.End(phone.deviceId())), bob);
        bobs.say(new Frame.SubmitDevice(4, ended.encoded()));
        assertThat(bobs.expect(Frame.DeviceAccepted.class).position()).isEqualTo(3);
        assertThat(phones.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.UNTRUSTED);
        phones.awaitEnd();
        TestClient back = relay.connected(phone);
        back.say(new Frame.Hello(Frame.VERSION, Optional.empty(), "test"));
        assertThat(back.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.UNTRUSTED);
    }

    @Test
    void nobodySpeaksForAnothersDevices() throws Exception {
        SignedRecord bobsOwn = scribe.record(DeviceChain.first(BOB, bob.deviceId()), bob);
        alices.say(new Frame.SubmitDevice(1, bobsOwn.encoded()));
        assertThat(alices.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.NOT_AUTHORISED);
        SignedRecord alicesOfBob = scribe.record(DeviceChain.first(BOB, alice.deviceId()), alice);
        alices.say(new Frame.SubmitDevice(2, alicesOfBob.encoded()));
        assertThat(alices.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.INVALID_RECORD);
    }
}
