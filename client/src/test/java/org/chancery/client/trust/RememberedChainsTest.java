package org.chancery.client.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.ChainChange;
import org.chancery.client.store.ChainLink;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.RememberedChain;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.device.SafetyNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alice remembers Bob's chain.
class RememberedChainsTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE.value());
    private final Identity laptop = pki.client(BOB.value());
    private final Identity phone = pki.client(BOB.value());
    private final Instant earlier = pki.now().minus(Duration.ofMinutes(4));
    private final List<EncodedRecord> bobs = new ArrayList<>();
    private MessageStore store;
    private RememberedChains chains;

    @BeforeEach
    void seesBothChains() throws Exception {
        store = MessageStore.open(
                new StoreLocation(directory.resolve("alice.p12")), Passphrase.none(), new SecureRandom());
        chains = open();
        bobs.add(signed(DeviceChain.first(BOB, laptop.deviceId()), earlier, laptop));
        EncodedRecord own = signed(DeviceChain.first(ALICE, alice.deviceId()), earlier, alice);
        assertThat(take(ALICE, List.of(own))).isInstanceOf(ChainNews.Begun.class);
        assertThat(take(BOB, bobs)).isInstanceOf(ChainNews.Begun.class);
    }

    @AfterEach
    void closeStore() throws Exception {
        store.close();
    }

    private RememberedChains open() throws Exception {
        HeldRevocations revocations = new HeldRevocations(
                store.crls(), List.of(pki.root().certificate(), pki.issuing().certificate()), Duration.ZERO);
        for (Crl crl : pki.crls().crls()) {
            revocations.accept(crl.der());
        }
        ChainJudge judge = new ChainJudge(new DeviceJudge(pki.trustAnchors(), revocations, pki.clock()));
        return new RememberedChains(ALICE, store.deviceChains(), judge);
    }

    private static EncodedRecord signed(DeviceEntry entry, Instant at, Identity... signers) {
        var record = RecordSigner.sign(signers[0], ContentPurpose.DEVICE_ENTRY, entry.encode(), at);
        for (int i = 1; i < signers.length; i++) {
            record = RecordSigner.countersign(record, signers[i], at);
        }
        return record.encoded();
    }

    private ChainNews take(Address address, List<EncodedRecord> records) throws Exception {
        return chains.take(address, records, List.of(pki.issuing().certificate()));
    }

    private RememberedChain bob() {
        return chains.chain(BOB).orElseThrow();
    }

    private EncodedRecord phoneJoins(Instant at) {
        return signed(bob().chain().next(new Act.Add(phone.deviceId())), at, laptop, phone);
    }

    private EncodedRecord ends(Identity device, Instant at) {
        return signed(bob().chain().next(new Act.End(device.deviceId())), at, laptop);
    }

    private void goesOn(EncodedRecord entry) throws Exception {
        bobs.add(entry);
        assertThat(take(BOB, bobs)).isInstanceOf(ChainNews.Grown.class);
    }

    private void assertDisputed(ChainChange change, List<EncodedRecord> shown) throws Exception {
        assertThat(take(BOB, shown)).isEqualTo(new ChainNews.Disputed(change));
        assertThat(take(BOB, shown)).as("again").isEqualTo(new ChainNews.Disputed(change));
        assertThat(chains.isOn(BOB, laptop.deviceId())).isFalse();
        assertThat(chains.safetyNumber(BOB)).isEmpty();
        assertThat(open().dispute(BOB)).as("after a restart").isPresent();
    }

    @Test
    void aChainThatOnlyGrewIsQuiet() throws Exception {
        assertThat(take(BOB, bobs)).isInstanceOf(ChainNews.Same.class);
        bobs.add(phoneJoins(pki.now()));
        assertThat(take(BOB, bobs))
                .isInstanceOfSatisfying(
                        ChainNews.Grown.class,
                        grown -> assertThat(grown.since())
                                .singleElement()
                                .satisfies(link -> assertThat(link.joins()).contains(phone.deviceId())));
        assertThat(chains.isOn(BOB, phone.deviceId())).isTrue();
        goesOn(ends(phone, pki.now()));
        assertThat(chains.isOn(BOB, phone.deviceId())).isFalse();
        assertThat(bob().chain().ended()).containsExactly(phone.deviceId());
    }

    @Test
    void isRememberedOverARestart() throws Exception {
        Identity tablet = pki.client(BOB.value());
        goesOn(phoneJoins(pki.now()));
        goesOn(signed(
                bob().chain().next(new Act.Replace(phone.deviceId(), tablet.deviceId())), pki.now(), laptop, tablet));
        chains.mark(BOB, bob().first(), true);
        assertThat(open().chain(BOB)).contains(bob());
        assertThat(open().isVerified(BOB)).isTrue();
    }

    @Test
    @Defends(Threat.CHAIN_BEGUN_ANEW)
    void aChainThatStartsAnewIsDisputedUntilAccepted() throws Exception {
        EncodedRecord anew = signed(DeviceChain.first(BOB, phone.deviceId()), pki.now(), phone);
        assertDisputed(ChainChange.ANEW, List.of(anew));
        assertThat(chains.wasOn(BOB, laptop.deviceId(), pki.now())).isTrue();
        assertThat(chains.wasOn(BOB, phone.deviceId(), pki.now())).isFalse();
        assertThat(chains.accept(BOB)).isTrue();
        assertThat(chains.isOn(BOB, phone.deviceId())).isTrue();
        assertThat(chains.isOn(BOB, laptop.deviceId())).isFalse();
        assertThat(take(BOB, List.of(anew))).isInstanceOf(ChainNews.Same.class);
        assertThat(take(BOB, bobs)).as("the old one again").isInstanceOf(ChainNews.Disputed.class);
    }

    @Test
    void aSecondBeginningByTheSameDeviceIsAnew() throws Exception {
        assertDisputed(ChainChange.ANEW, List.of(signed(DeviceChain.first(BOB, laptop.deviceId()), pki.now(), laptop)));
    }

    @Test
    @Defends(Threat.CHAIN_BEGUN_ANEW)
    void aShorterChainIsRolledBack() throws Exception {
        EncodedRecord first = bobs.getFirst();
        goesOn(phoneJoins(pki.now()));
        goesOn(ends(phone, pki.now()));
        assertDisputed(ChainChange.ROLLED_BACK, List.of(first, bobs.get(1)));
        assertThat(take(BOB, bobs)).as("as it was").isInstanceOf(ChainNews.Back.class);
        assertThat(chains.isOn(BOB, laptop.deviceId())).isTrue();
    }

    @Test
    void anotherEntryInThePlaceOfOneIsAFork() throws Exception {
        EncodedRecord first = bobs.getFirst();
        EncodedRecord other = phoneJoins(pki.now().minusSeconds(1));
        goesOn(phoneJoins(pki.now()));
        assertDisputed(ChainChange.FORKED, List.of(first, other));
    }

    @Test
    void aChainThatIsNotShownAnyLongerIsGone() throws Exception {
        assertDisputed(ChainChange.GONE, List.of());
        assertThat(chains.accept(BOB)).as("there is nothing to go by").isFalse();
    }

    @Test
    void aChainThatDoesNotHoldIsBroken() throws Exception {
        EncodedRecord others = signed(DeviceChain.first(BOB, alice.deviceId()), pki.now(), alice);
        assertDisputed(ChainChange.BROKEN, List.of(others));
        assertThat(chains.accept(BOB)).isFalse();
    }

    @Test
    void nothingIsRememberedOfAChainThatDoesNotHold() throws Exception {
        Address carol = new Address("carol@lab.example");
        assertThat(take(carol, bobs)).isInstanceOf(ChainNews.Broken.class);
        assertThat(chains.chain(carol)).isEmpty();
        assertThat(take(carol, List.of())).isInstanceOf(ChainNews.None.class);
    }

    @Test
    void aDeviceWasOnFromWhenItJoinedUntilItEnded() {
        Instant joined = pki.now().minus(Duration.ofMinutes(40));
        Instant ended = pki.now().minus(Duration.ofMinutes(20));
        RememberedChain chain = RememberedChain.begun(
                BOB,
                List.of(
                        link(new Act.Add(laptop.deviceId()), joined.minus(Duration.ofDays(1))),
                        link(new Act.Add(phone.deviceId()), joined),
                        link(new Act.End(phone.deviceId()), ended)));
        Duration skew = Duration.ofMinutes(5);
        Duration more = Duration.ofMinutes(6);
        assertThat(chain.had(phone.deviceId(), joined.minus(more), skew)).isFalse();
        assertThat(chain.had(phone.deviceId(), joined.minus(skew), skew)).isTrue();
        assertThat(chain.had(phone.deviceId(), joined.plus(more), skew)).isTrue();
        assertThat(chain.had(phone.deviceId(), ended.plus(skew), skew)).isTrue();
        assertThat(chain.had(phone.deviceId(), ended.plus(more), skew)).isFalse();
        assertThat(chain.had(alice.deviceId(), joined, skew)).isFalse();
    }

    private static ChainLink link(Act act, Instant at) {
        return new ChainLink(Digest.over(act.toString().getBytes(StandardCharsets.UTF_8)), act, at);
    }

    @Test
    void theSafetyNumberIsOfBothFirstEntries() throws Exception {
        SafetyNumber before = chains.safetyNumber(BOB).orElseThrow();
        goesOn(phoneJoins(pki.now()));
        assertThat(chains.safetyNumber(BOB)).contains(before);
        assertThat(chains.safetyNumber(ALICE)).as("with oneself").isEmpty();
        take(BOB, List.of(signed(DeviceChain.first(BOB, phone.deviceId()), pki.now(), phone)));
        chains.accept(BOB);
        assertThat(chains.safetyNumber(BOB)).isPresent().get().isNotEqualTo(before);
    }

    @Test
    void aMarkSurvivesDevicesThatJoinAndEnd() throws Exception {
        assertThat(chains.isVerified(BOB)).isFalse();
        assertThat(chains.mark(BOB, bob().first(), true)).isTrue();
        goesOn(phoneJoins(pki.now()));
        goesOn(ends(phone, pki.now()));
        assertThat(chains.isVerified(BOB)).isTrue();
        assertThat(chains.verified()).containsOnlyKeys(BOB);
        assertThat(chains.mark(BOB, bob().first(), false)).isTrue();
        assertThat(chains.isVerified(BOB)).isFalse();
    }

    @Test
    void aMarkFallsWhenTheOthersChainStartsAnew() throws Exception {
        chains.mark(BOB, bob().first(), true);
        take(BOB, List.of(signed(DeviceChain.first(BOB, phone.deviceId()), pki.now(), phone)));
        assertThat(chains.isVerified(BOB)).isFalse();
        chains.accept(BOB);
        assertThat(chains.isVerified(BOB)).isFalse();
    }

    @Test
    void aMarkFallsWhenTheOwnChainStartsAnew() throws Exception {
        chains.mark(BOB, bob().first(), true);
        chains.begun(signed(DeviceChain.first(ALICE, alice.deviceId()), pki.now(), alice));
        assertThat(chains.isVerified(BOB)).isFalse();
    }

    @Test
    void aMarkOverAnotherChainSaysNothing() throws Exception {
        Digest other = Digest.over(new byte[1]);
        assertThat(chains.mark(BOB, other, true)).isFalse();
        assertThat(chains.mark(ALICE, chains.chain(ALICE).orElseThrow().first(), true))
                .as("oneself")
                .isFalse();
        assertThat(chains.mark(new Address("carol@lab.example"), other, true)).isFalse();
        assertThat(chains.verified()).isEmpty();
        assertThat(Optional.of(bob())).map(RememberedChain::mark).contains(Optional.empty());
    }
}
