package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;
import org.chancery.server.testing.Scribe;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a new device joins its owner's chain, through a relay over real sockets.
class RelayDeviceOffersTest {
    private static final Address ALICE = new Address("alice@lab.example");

    private final TestPki pki = TestPki.create();
    private final Scribe scribe = new Scribe(pki);
    private final Identity laptop = pki.client(ALICE.value());
    private final Identity phone = pki.client(ALICE.value());
    private final Identity bob = pki.client("bob@lab.example");

    @TempDir
    private Path directory;

    private TestRelay relay;
    private TestClient laptops;
    private TestClient phones;
    private TestClient bobs;
    private DeviceChain chain;

    @BeforeEach
    void theLaptopHasBegun() throws Exception {
        relay = TestRelay.start(pki, directory);
        laptops = relay.greeted(laptop);
        SignedRecord first = scribe.record(DeviceChain.first(ALICE, laptop.deviceId()), laptop);
        laptops.say(new Frame.SubmitDevice(1, first.encoded()));
        laptops.expect(Frame.DeviceAccepted.class);
        chain = DeviceChain.begin(scribe.statement(first, laptop));
        phones = relay.greeted(phone);
        bobs = relay.greeted(bob);
    }

    @AfterEach
    void stopRelay() throws Exception {
        relay.close();
    }

    private SignedRecord add() {
        return scribe.record(chain.next(new Act.Add(phone.deviceId())), phone);
    }

    private Frame.DirectoryAnswer asks(TestClient client, Query query) throws Exception {
        client.say(new Frame.DirectoryQuery(9, query));
        return client.expect(Frame.DirectoryAnswer.class);
    }

    private ProtocolError refused(TestClient client, EncodedRecord record) throws Exception {
        client.say(new Frame.OfferDevice(7, record));
        Frame.Refused refused = client.expect(Frame.Refused.class);
        assertThat(refused.queryId()).contains(7L);
        return refused.error();
    }

    @Test
    void theOldDeviceLearnsAtOnceCountersignsAndTheNewOneIsOn() throws Exception {
        SignedRecord offered = add();
        phones.say(new Frame.OfferDevice(2, offered.encoded()));
        assertThat(phones.expect(Frame.DeviceOffered.class)).isEqualTo(new Frame.DeviceOffered(2));
        assertThat(laptops.expect(Frame.DevicesChanged.class).address()).isEqualTo(ALICE);

        assertThat(asks(laptops, new Query.ByAddress(ALICE)).offers()).containsExactly(offered.encoded());
        DeviceOffer offer = DeviceOffer.of(scribe.statement(offered, phone));
        EncodedRecord both = scribe.countersigned(offer, laptop, pki.now()).record();
        laptops.say(new Frame.SubmitDevice(3, both));
        assertThat(laptops.expect(Frame.DeviceAccepted.class).position()).isEqualTo(2);
        assertThat(phones.expect(Frame.DevicesChanged.class).address()).isEqualTo(ALICE);
        Frame.DirectoryAnswer after = asks(phones, new Query.ByAddress(ALICE));
        assertThat(after.deviceChain()).last().isEqualTo(both);
        assertThat(after.offers()).isEmpty();
    }

    @Test
    void nobodyElseIsShownWhoAsksToJoin() throws Exception {
        phones.say(new Frame.OfferDevice(2, add().encoded()));
        phones.expect(Frame.DeviceOffered.class);
        assertThat(asks(bobs, new Query.ByAddress(ALICE)).offers()).isEmpty();
        assertThat(asks(bobs, new Query.ByDevice(phone.deviceId())).offers()).isEmpty();
        assertThat(asks(laptops, new Query.ByPrefix("alice", 10)).offers()).isEmpty();
        assertThat(asks(laptops, new Query.ByAddress(bob.address())).offers()).isEmpty();
        assertThat(asks(laptops, new Query.ByDevice(phone.deviceId())).offers()).hasSize(1);
        assertThat(bobs.unasked()).noneMatch(Frame.DevicesChanged.class::isInstance);
    }

    @Test
    void peopleWhoShareAConversationHearThatAChainGoesOn() throws Exception {
        TestClient.Line line = bobs.line(ALICE, laptop, bob);
        line.send("hello");
        bobs.expect(Frame.Published.class);
        Identity carol = pki.client("carol@lab.example");
        TestClient carols = relay.greeted(carol);
        SignedRecord both = scribe.record(chain.next(new Act.Add(phone.deviceId())), laptop, phone);
        laptops.say(new Frame.SubmitDevice(3, both.encoded()));
        laptops.expect(Frame.DeviceAccepted.class);
        assertThat(bobs.expect(Frame.DevicesChanged.class).address()).isEqualTo(ALICE);
        carols.say(new Frame.Ping(1));
        carols.expect(Frame.Pong.class);
        assertThat(carols.unasked()).noneMatch(Frame.DevicesChanged.class::isInstance);
    }

    @Test
    void whoWaitsIsNotSealedToAndWhoHasJoinedIs() throws Exception {
        assertStale(bobs.line(ALICE, laptop, phone, bob));
        assertTaken(bobs.line(ALICE, laptop, bob));
        SignedRecord both = scribe.record(chain.next(new Act.Add(phone.deviceId())), laptop, phone);
        laptops.say(new Frame.SubmitDevice(3, both.encoded()));
        laptops.expect(Frame.DeviceAccepted.class);
        assertTaken(bobs.line(ALICE, laptop, bob)); // nobody could seal to it yet
        phones.say(new Frame.SubmitEnvelopeKey(4, scribe.key(phone, 1, pki.now())));
        phones.expect(Frame.EnvelopeKeyAccepted.class);
        assertStale(bobs.line(ALICE, laptop, bob));
        assertTaken(bobs.line(ALICE, laptop, phone, bob));
        assertThat(phones.expect(Frame.Deliver.class).sequence()).isEqualTo(3);
    }

    private void assertStale(TestClient.Line line) throws Exception {
        line.send("not taken");
        assertThat(bobs.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.STALE_SEAL);
    }

    private void assertTaken(TestClient.Line line) throws Exception {
        line.send("taken");
        bobs.expect(Frame.Published.class);
    }

    @Test
    void isRefusedByName() throws Exception {
        SignedRecord both = scribe.record(chain.next(new Act.Add(phone.deviceId())), laptop, phone);
        assertThat(refused(phones, both.encoded())).isEqualTo(ProtocolError.INVALID_RECORD);
        SignedRecord anew = scribe.record(DeviceChain.first(ALICE, phone.deviceId()), phone);
        assertThat(refused(phones, anew.encoded())).isEqualTo(ProtocolError.INVALID_RECORD);
        SignedRecord end = scribe.record(chain.next(new Act.End(laptop.deviceId())), phone);
        assertThat(refused(phones, end.encoded())).isEqualTo(ProtocolError.INVALID_RECORD);
        SignedRecord others = scribe.record(chain.next(new Act.Add(laptop.deviceId())), phone);
        assertThat(refused(phones, others.encoded())).isEqualTo(ProtocolError.INVALID_RECORD);
        assertThat(refused(laptops, add().encoded())).isEqualTo(ProtocolError.NOT_AUTHORISED);
        SignedRecord bobsOfAlice = scribe.record(chain.next(new Act.Add(bob.deviceId())), bob);
        assertThat(refused(bobs, bobsOfAlice.encoded())).isEqualTo(ProtocolError.INVALID_RECORD);
        assertThat(refused(phones, EncodedRecord.of(new byte[9 << 10]))).isEqualTo(ProtocolError.INVALID_RECORD);
        assertThat(asks(laptops, new Query.ByAddress(ALICE)).offers()).isEmpty();
    }
}
