package org.chancery.client.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainJudgeTest {
    private static final Address ALICE = new Address("alice@lab.example");

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity laptop = pki.client("alice@lab.example");
    private final Identity phone = pki.client("alice@lab.example");
    private final Instant earlier = pki.now().minus(Duration.ofMinutes(2));
    private final EncodedRecord first = signed(DeviceChain.first(ALICE, laptop.deviceId()), laptop);
    private MessageStore store;

    @BeforeEach
    void openStore() throws Exception {
        store = MessageStore.open(
                new StoreLocation(directory.resolve("bob.p12")), Passphrase.none(), new SecureRandom());
    }

    @AfterEach
    void closeStore() throws Exception {
        store.close();
    }

    private EncodedRecord signed(DeviceEntry entry, Identity... signers) {
        var record = RecordSigner.sign(signers[0], ContentPurpose.DEVICE_ENTRY, entry.encode(), earlier);
        for (int i = 1; i < signers.length; i++) {
            record = RecordSigner.countersign(record, signers[i], earlier);
        }
        return record.encoded();
    }

    private ChainVerdict judge(CrlSet crls, EncodedRecord... records) throws Exception {
        HeldRevocations revocations = new HeldRevocations(
                store.crls(), List.of(pki.root().certificate(), pki.issuing().certificate()), Duration.ZERO);
        for (Crl crl : crls.crls()) {
            revocations.accept(crl.der());
        }
        return new ChainJudge(new DeviceJudge(pki.trustAnchors(), revocations, pki.clock()))
                .judge(ALICE, List.of(records), List.of(pki.issuing().certificate()));
    }

    private DeviceChain begun() throws Exception {
        return ((ChainVerdict.Verified) judge(pki.crls(), first)).chain();
    }

    private String fault(ChainVerdict verdict) {
        return ((ChainVerdict.Broken) verdict).why();
    }

    @Test
    void knowsThatThereIsNone() throws Exception {
        assertThat(judge(pki.crls())).isEqualTo(new ChainVerdict.None());
    }

    @Test
    void followsAChainToItsEnd() throws Exception {
        EncodedRecord add = signed(begun().next(new Act.Add(phone.deviceId())), laptop, phone);
        DeviceChain two = ((ChainVerdict.Verified) judge(pki.crls(), first, add)).chain();
        assertThat(two.devices()).containsExactlyInAnyOrder(laptop.deviceId(), phone.deviceId());
        EncodedRecord end = signed(two.next(new Act.End(laptop.deviceId())), phone);
        DeviceChain one = ((ChainVerdict.Verified) judge(pki.crls(), first, add, end)).chain();
        assertThat(one.devices()).containsExactly(phone.deviceId());
        assertThat(one.ended()).containsExactly(laptop.deviceId());
    }

    /// A certificate alone brings nobody on.
    @Test
    void refusesADeviceThatAddsItself() throws Exception {
        EncodedRecord alone = signed(begun().next(new Act.Add(phone.deviceId())), phone);
        assertThat(fault(judge(pki.crls(), first, alone))).contains("NOT_ON_CHAIN");
    }

    @Test
    void refusesEntriesLeftOutOrTurnedRound() throws Exception {
        EncodedRecord add = signed(begun().next(new Act.Add(phone.deviceId())), laptop, phone);
        assertThat(fault(judge(pki.crls(), add))).contains("NOT_THE_BEGINNING");
        assertThat(fault(judge(pki.crls(), add, first))).contains("NOT_THE_BEGINNING");
        assertThat(fault(judge(pki.crls(), first, first))).contains("ALREADY_BEGUN");
    }

    @Test
    void refusesAnAlteredRecord() throws Exception {
        byte[] altered = first.der();
        altered[altered.length - 1] ^= 1;
        assertThat(judge(pki.crls(), EncodedRecord.of(altered))).isInstanceOf(ChainVerdict.Broken.class);
        assertThat(judge(pki.crls(), EncodedRecord.of(new byte[] {1, 2, 3}))).isInstanceOf(ChainVerdict.Broken.class);
    }

    @Test
    void refusesAnotherPersonsChain() throws Exception {
        Identity mallory = pki.client("mallory@lab.example");
        EncodedRecord theirs = signed(DeviceChain.first(mallory.address(), mallory.deviceId()), mallory);
        assertThat(fault(judge(pki.crls(), theirs))).contains("nobody of alice@lab.example");
        EncodedRecord ours = signed(DeviceChain.first(ALICE, mallory.deviceId()), mallory);
        assertThat(fault(judge(pki.crls(), ours))).contains("nobody of alice@lab.example");
    }

    @Test
    void refusesSignersOfAnotherHouse() throws Exception {
        Identity other = pki.issuedBySomeoneElse("alice@lab.example");
        EncodedRecord theirs = signed(DeviceChain.first(ALICE, other.deviceId()), other);
        assertThat(fault(judge(pki.crls(), theirs))).contains("NO_PATH");
    }

    @Test
    void refusesWhatWasSignedAfterTheKeyWasLost() throws Exception {
        CrlSet revoked = pki.revoke(
                laptop.chain().leaf(),
                RevocationReason.KEY_COMPROMISE,
                Optional.of(earlier.minus(Duration.ofHours(1))));
        assertThat(fault(judge(revoked, first))).contains("revoked");
    }

    @Test
    void keepsWhatWasSignedBeforeADeviceWasGivenUp() throws Exception {
        CrlSet revoked = pki.revoke(laptop.chain().leaf(), RevocationReason.CESSATION_OF_OPERATION, Optional.empty());
        assertThat(judge(revoked, first)).isInstanceOf(ChainVerdict.Verified.class);
    }

    @Test
    void decidesNothingWithoutLists() throws Exception {
        assertThat(judge(CrlSet.EMPTY, first)).isInstanceOf(ChainVerdict.Undecided.class);
    }
}
