package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.testing.MovableClock;
import org.chancery.server.testing.Scribe;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a device publishes the keys that it receives with, through a relay over real sockets.
@Timeout(60)
class RelayEnvelopeKeysTest {
    private static final Address ALICE = new Address("alice@lab.example");

    private final TestPki pki = TestPki.create();
    private final Scribe scribe = new Scribe(pki);
    private final Identity alice = pki.client(ALICE.value());
    private final Identity phone = pki.client(ALICE.value());
    private final Identity bob = pki.client("bob@lab.example");

    @TempDir
    private Path directory;

    private TestRelay relay;
    private TestClient alices;

    @BeforeEach
    void startRelay() throws Exception {
        relay = TestRelay.start(pki, directory);
        alices = relay.greeted(alice);
    }

    @AfterEach
    void stopRelay() throws Exception {
        relay.close();
    }

    private EncodedRecord key(int number) throws Exception {
        return scribe.key(alice, number, pki.now());
    }

    private void accepted(EncodedRecord record, int number) throws Exception {
        alices.say(new Frame.SubmitEnvelopeKey(3, record));
        assertThat(alices.expect(Frame.EnvelopeKeyAccepted.class)).isEqualTo(new Frame.EnvelopeKeyAccepted(3, number));
    }

    private ProtocolError refused(EncodedRecord record) throws Exception {
        alices.say(new Frame.SubmitEnvelopeKey(7, record));
        Frame.Refused refused = alices.expect(Frame.Refused.class);
        assertThat(refused.queryId()).contains(7L);
        return refused.error();
    }

    private Optional<EncodedRecord> shown() throws Exception {
        alices.say(new Frame.DirectoryQuery(9, new Query.ByDevice(alice.deviceId())));
        return alices.expect(Frame.DirectoryAnswer.class).entries().stream()
                .map(DirectoryEntry::envelopeKey)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDirectoryShowsTheNewest() throws Exception {
        assertThat(shown()).isEmpty();
        for (int number = 1; number <= 2; number++) {
            EncodedRecord record = key(number);
            accepted(record, number);
            assertThat(shown()).contains(record);
        }
    }

    @Test
    void aRetryHasTheSameAnswer() throws Exception {
        EncodedRecord record = key(1);
        accepted(record, 1);
        accepted(record, 1);
    }

    @Test
    @Defends(Threat.OLD_KEY_SHOWN_AGAIN)
    void numbersRise() throws Exception {
        EncodedRecord seventh = key(7);
        accepted(seventh, 7);
        assertThat(refused(key(6))).isEqualTo(ProtocolError.STALE);
        assertThat(refused(scribe.key(alice, 7, pki.now().minusSeconds(1)))).isEqualTo(ProtocolError.STALE);
        assertThat(shown()).contains(seventh);
        accepted(key(9), 9); // one may be lost with a log that was restored
    }

    @Test
    void nobodySpeaksForAnotherDevice() throws Exception {
        assertThat(refused(scribe.key(phone, 1, pki.now()))).isEqualTo(ProtocolError.NOT_AUTHORISED);
        EncodedRecord aboutThePhone = RecordSigner.sign(
                        alice,
                        ContentPurpose.ENVELOPE_KEY,
                        scribe.envelopeKey(phone, 1, pki.now()).encode(),
                        pki.now())
                .encoded();
        assertThat(refused(aboutThePhone)).isEqualTo(ProtocolError.INVALID_RECORD);
        EncodedRecord both =
                RecordSigner.countersign(key(1).parse(), phone, pki.now()).encoded();
        assertThat(refused(both)).isEqualTo(ProtocolError.INVALID_RECORD);
        assertThat(shown()).isEmpty();
    }

    @Test
    void isNothingThatWasSignedForSomethingElse() throws Exception {
        EncodedRecord entry = RecordSigner.sign(
                        alice,
                        ContentPurpose.DEVICE_ENTRY,
                        scribe.envelopeKey(alice, 1, pki.now()).encode(),
                        pki.now())
                .encoded();
        assertThat(refused(entry)).isEqualTo(ProtocolError.INVALID_RECORD);
        assertThat(refused(EncodedRecord.of(new byte[100]))).isEqualTo(ProtocolError.INVALID_RECORD);
    }

    @Test
    void isSignedWithinFiveMinutes() throws Exception {
        assertThat(refused(scribe.key(alice, 1, pki.now().minus(Duration.ofMinutes(6)))))
                .isEqualTo(ProtocolError.OUT_OF_TIME);
    }

    @Test
    void tenAreTakenAtOnce() throws Exception {
        for (int number = 1; number <= 10; number++) {
            accepted(key(number), number);
        }
        alices.say(new Frame.SubmitEnvelopeKey(7, key(11)));
        Frame.Refused refused = alices.expect(Frame.Refused.class);
        assertThat(refused.error()).isEqualTo(ProtocolError.TOO_MANY);
        assertThat(refused.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
    }

    @Test
    void outlivesTheRelay() throws Exception {
        EncodedRecord record = key(4);
        accepted(record, 4);
        relay.close();
        relay = TestRelay.start(pki, directory);
        alices = relay.greeted(alice);

        assertThat(shown()).contains(record);
        assertThat(refused(key(3))).isEqualTo(ProtocolError.STALE);
    }

    private void beginsAChain(TestClient client, Identity device) throws Exception {
        client.say(new Frame.SubmitDevice(
                2,
                scribe.record(DeviceChain.first(device.address(), device.deviceId()), device)
                        .encoded()));
        client.expect(Frame.DeviceAccepted.class);
    }

    private ProtocolError refusal(TestClient client) throws Exception {
        return client.expect(Frame.Refused.class).error();
    }

    @Test
    @Defends(Threat.KEY_GONE_TOO_SOON)
    void aLetterToASupersededKeyIsNotTaken() throws Exception {
        beginsAChain(alices, alice);
        accepted(key(1), 1);
        TestClient bobs = relay.greeted(bob);
        TestClient.Line line = bobs.line(ALICE, alice);
        line.send("before");
        assertThat(bobs.expect(Frame.Published.class).sequence()).isEqualTo(1);
        line.send("before, too");
        assertThat(bobs.expect(Frame.Published.class).sequence()).isEqualTo(2);

        accepted(key(2), 2);

        line.send("after");
        assertThat(refusal(bobs)).isEqualTo(ProtocolError.STALE_SEAL);
        bobs.line(ALICE, alice).send("after, to the newest");
        assertThat(bobs.expect(Frame.Published.class).sequence()).isEqualTo(3);
    }

    /// A device that hears this has whatever was sealed to the key before, and may destroy it.
    @Test
    @Defends(Threat.KEY_GONE_TOO_SOON)
    void saysThatItHasCaughtUpBehindWhatWasSealedToTheKeyBefore() throws Exception {
        relay.close();
        relay = TestRelay.start(pki, directory, ConnectionBounds.DEFAULT, oneUnderWay(), RateBounds.DEFAULT);
        alices = relay.greeted(alice);
        beginsAChain(alices, alice);
        accepted(key(1), 1);
        alices.expect(Frame.CaughtUp.class);
        alices.expect(Frame.CaughtUp.class);
        TestClient bobs = relay.greeted(bob);
        TestClient.Line line = bobs.line(ALICE, alice);
        for (int sequence = 1; sequence <= 2; sequence++) {
            line.send("to the first key");
            bobs.expect(Frame.Published.class);
        }
        alices.expect(Frame.Deliver.class);

        accepted(key(2), 2);
        alices.say(new Frame.Ping(5));
        alices.expect(Frame.Pong.class);
        assertThat(alices.unasked()).as("one letter waits").noneMatch(Frame.CaughtUp.class::isInstance);
        alices.say(new Frame.Acknowledge(line.conversation(), 1));
        assertThat(alices.expect(Frame.Deliver.class).sequence()).isEqualTo(2);
        alices.say(new Frame.Acknowledge(line.conversation(), 2));

        alices.expect(Frame.CaughtUp.class);
        assertThat(alices.unasked()).as("and once is enough").noneMatch(Frame.CaughtUp.class::isInstance);
    }

    private static SessionBounds oneUnderWay() {
        SessionBounds d = SessionBounds.DEFAULT;
        return new SessionBounds(
                d.perDevice(),
                d.helloTimeout(),
                d.maxFrameBytes(),
                d.pingAfter(),
                d.idleTimeout(),
                1,
                d.queuedFrames(),
                d.drainTimeout(),
                d.comeBackIn());
    }

    @Test
    void aSealFollowsTheChainsOfAll() throws Exception {
        accepted(key(1), 1);
        TestClient bobs = relay.greeted(bob);
        TestClient.Line line = bobs.line(ALICE, alice);
        line.send("before");
        bobs.expect(Frame.Published.class);

        beginsAChain(alices, alice);

        line.send("after");
        assertThat(refusal(bobs)).isEqualTo(ProtocolError.STALE_SEAL);
        bobs.line(ALICE, alice).send("after, by the chain");
        bobs.expect(Frame.Published.class);
    }

    @Test
    void aDeviceOffTheChainIsNotSealedTo() throws Exception {
        beginsAChain(alices, alice);
        accepted(key(1), 1);
        TestClient phones = relay.greeted(phone);
        phones.say(new Frame.SubmitEnvelopeKey(3, scribe.key(phone, 1, pki.now())));
        phones.expect(Frame.EnvelopeKeyAccepted.class);
        TestClient bobs = relay.greeted(bob);

        bobs.line(ALICE, alice, phone).send("a ghost listens");
        assertThat(refusal(bobs)).isEqualTo(ProtocolError.STALE_SEAL);
        bobs.line(ALICE, alice).send("nobody else listens");
        bobs.expect(Frame.Published.class);
    }

    @Test
    void nobodyOnTheChainIsLeftOut() throws Exception {
        beginsAChain(alices, alice);
        accepted(key(1), 1);
        alices.say(new Frame.DirectoryQuery(9, new Query.ByAddress(ALICE)));
        DeviceChain chain = DeviceChain.begin(scribe.statement(
                alices.expect(Frame.DirectoryAnswer.class)
                        .deviceChain()
                        .getFirst()
                        .parse(),
                alice));
        TestClient phones = relay.greeted(phone);
        phones.say(new Frame.SubmitDevice(
                2,
                scribe.record(chain.next(new Act.Add(phone.deviceId())), alice, phone)
                        .encoded()));
        phones.expect(Frame.DeviceAccepted.class);
        TestClient bobs = relay.greeted(bob);

        bobs.line(ALICE, alice).send("the phone has no key yet");
        bobs.expect(Frame.Published.class);
        phones.say(new Frame.SubmitEnvelopeKey(3, scribe.key(phone, 1, pki.now())));
        phones.expect(Frame.EnvelopeKeyAccepted.class);

        bobs.line(ALICE, alice).send("without the phone");
        assertThat(refusal(bobs)).isEqualTo(ProtocolError.STALE_SEAL);
        bobs.line(ALICE, alice, phone).send("to both");
        bobs.expect(Frame.Published.class);
    }

    @Test
    @Defends(Threat.DEVICE_LONG_GONE)
    void aDormantDeviceIsNotSealedTo() throws Exception {
        relay.close();
        MovableClock clock = new MovableClock(pki.now());
        relay = TestRelay.start(pki, directory, clock);
        alices = relay.greeted(alice);
        beginsAChain(alices, alice);
        // Made a while ago, and published now: the relay's lists would be stale in thirty days.
        Instant start = pki.now().minus(Duration.ofDays(30)).plus(Duration.ofHours(1));
        EncodedRecord old = RecordSigner.sign(
                        alice,
                        ContentPurpose.ENVELOPE_KEY,
                        scribe.envelopeKey(alice, 1, start).encode(),
                        pki.now())
                .encoded();
        accepted(old, 1);
        TestClient bobs = relay.greeted(bob);
        TestClient.Line line = bobs.line(ALICE, alice);
        line.send("awake");
        bobs.expect(Frame.Published.class);

        clock.moveTo(pki.now().plus(Duration.ofMinutes(66)));

        line.send("asleep");
        assertThat(refusal(bobs)).as("nobody of hers receives").isEqualTo(ProtocolError.UNKNOWN_ADDRESS);
    }
}
