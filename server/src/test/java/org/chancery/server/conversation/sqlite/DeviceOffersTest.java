package org.chancery.server.conversation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.DeviceVerdict;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.testing.MovableClock;
import org.chancery.server.testing.Scribe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that ask to join a chain, as the log keeps them.
class DeviceOffersTest {
    private static final Address ALICE = new Address("alice@lab.example");

    private final TestPki pki = TestPki.create();
    private final Scribe scribe = new Scribe(pki);
    private final MovableClock clock = new MovableClock(pki.now());
    private final Identity laptop = pki.client("alice@lab.example");
    private final Identity phone = pki.client("alice@lab.example");

    @TempDir
    private Path directory;

    private ConversationLog log;
    private DeviceChain chain;

    @BeforeEach
    void theLaptopBegins() throws Exception {
        log = open();
        DeviceStatement first = scribe.statement(DeviceChain.first(ALICE, laptop.deviceId()), laptop);
        enter(first);
        chain = DeviceChain.begin(first);
    }

    private ConversationLog open() throws Exception {
        return SqliteConversationLog.open(
                directory.resolve("relay.db"),
                StorageShares.ofLogAlone(StorageBounds.DEFAULT),
                clock,
                new SecureRandom(),
                new Metrics(),
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private DeviceVerdict enter(DeviceStatement statement) throws Exception {
        CompletableFuture<DeviceVerdict> answer = new CompletableFuture<>();
        log.enter(statement, answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    private DeviceOffer offerOf(Identity device) throws Exception {
        return DeviceOffer.of(scribe.statement(chain.next(new Act.Add(device.deviceId())), device));
    }

    private Optional<ProtocolError> offer(DeviceOffer offer) throws Exception {
        CompletableFuture<Optional<DeviceVerdict.Refused>> answer = new CompletableFuture<>();
        log.offer(offer, answer::complete);
        return answer.get(10, TimeUnit.SECONDS).map(DeviceVerdict.Refused::error);
    }

    private DeviceOffer offers(Identity device) throws Exception {
        log.admit(new KnownDevice(ALICE, Optional.empty(), device.deviceId(), device.chain(), false));
        DeviceOffer offer = offerOf(device);
        assertThat(offer(offer)).isEmpty();
        return offer;
    }

    @Test
    void areThereAfterARestartAndNobodyElses() throws Exception {
        DeviceOffer offer = offers(phone);
        log.close();
        log = open();
        assertThat(log.deviceOffers(ALICE)).containsExactly(offer.record());
        assertThat(log.deviceOffers(new Address("bob@lab.example"))).isEmpty();
    }

    @Test
    void areOneOfEachDevice() throws Exception {
        offers(phone);
        DeviceOffer later = offers(phone);
        assertThat(log.deviceOffers(ALICE)).containsExactly(later.record());
    }

    @Test
    void areSomeOfAnAddress() throws Exception {
        List<Identity> devices = new ArrayList<>();
        for (int i = 0; i < DirectoryAnswer.MOST_OFFERS; i++) {
            devices.add(pki.client("alice@lab.example"));
            offers(devices.getLast());
        }
        assertThat(offer(offerOf(phone))).contains(ProtocolError.TOO_MANY);
        offers(devices.getFirst()); // in place of its own
        assertThat(log.deviceOffers(ALICE)).hasSize(DirectoryAnswer.MOST_OFFERS);
    }

    @Test
    void lapse() throws Exception {
        offers(phone);
        clock.moveTo(pki.now().plus(DeviceOffer.LIFE));
        assertThat(log.deviceOffers(ALICE)).hasSize(1);
        clock.moveTo(pki.now().plus(DeviceOffer.LIFE).plusMillis(1));
        assertThat(log.deviceOffers(ALICE)).isEmpty();
    }

    @Test
    void areGoneWhenTheChainGoesOn() throws Exception {
        offers(phone);
        Identity tablet = pki.client("alice@lab.example");
        enter(scribe.statement(chain.next(new Act.Add(tablet.deviceId())), laptop, tablet));
        assertThat(log.deviceOffers(ALICE)).isEmpty();
        assertThat(offer(offerOf(phone))).contains(ProtocolError.STALE);
    }

    @Test
    void areNotOfARevokedDevice() throws Exception {
        offers(phone);
        log.revoke(List.of(phone.deviceId()));
        assertThat(log.deviceOffers(ALICE)).isEmpty();
    }

    @Test
    void areRefusedOutOfTime() throws Exception {
        clock.moveTo(pki.now().plus(Duration.ofMinutes(6)));
        assertThat(offer(offerOf(phone))).contains(ProtocolError.OUT_OF_TIME);
    }

    @Test
    void areRefusedOfADeviceOnTheChainOrEnded() throws Exception {
        assertThat(offer(offerOf(laptop))).contains(ProtocolError.NOT_ALLOWED);
        DeviceStatement added = scribe.statement(chain.next(new Act.Add(phone.deviceId())), laptop, phone);
        enter(added);
        chain = chain.apply(added);
        DeviceStatement ended = scribe.statement(chain.next(new Act.End(phone.deviceId())), laptop);
        enter(ended);
        chain = chain.apply(ended);
        assertThat(offer(offerOf(phone))).contains(ProtocolError.NOT_ALLOWED);
    }

    @Test
    void areRefusedWhereNoChainHasBegun() throws Exception {
        Identity bobs = pki.client("bob@lab.example");
        DeviceChain none =
                new DeviceChain(bobs.address(), chain.head(), chain.head(), 1, chain.devices(), chain.ended());
        DeviceOffer offer = DeviceOffer.of(scribe.statement(none.next(new Act.Add(bobs.deviceId())), bobs));
        assertThat(offer(offer)).contains(ProtocolError.NOT_ALLOWED);
    }

    /// The new device has signed when it offered, the old one signs now.
    @Test
    void areTakenUpForAsLongAsTheyLive() throws Exception {
        DeviceOffer offer = offers(phone);
        clock.moveTo(pki.now().plus(DeviceOffer.LIFE));
        DeviceStatement late = scribe.countersigned(offer, laptop, clock.instant());
        assertThat(enter(late)).isInstanceOf(DeviceVerdict.Entered.class);
    }

    @Test
    void areNotTakenUpLater() throws Exception {
        DeviceOffer offer = offers(phone);
        clock.moveTo(pki.now().plus(DeviceOffer.LIFE).plus(Duration.ofMinutes(6)));
        DeviceStatement late = scribe.countersigned(offer, laptop, clock.instant());
        assertThat(enter(late))
                .isInstanceOfSatisfying(
                        DeviceVerdict.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(ProtocolError.OUT_OF_TIME));
    }
}
