package org.chancery.client.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.client.trust.KnownKeys.Standing;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.key.EnvelopeKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which of Bob's keys Alice seals to, whatever the relay shows.
class KnownKeysTest {
    private static final Address BOB = new Address("bob@lab.example");

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity laptop = pki.client(BOB.value());
    private final Identity phone = pki.client(BOB.value());
    private final Instant start = pki.now().minusSeconds(60);
    private MessageStore store;
    private HeldRevocations revocations;
    private KnownKeys keys;

    @BeforeEach
    void openStore() throws Exception {
        store = MessageStore.open(
                new StoreLocation(directory.resolve("alice.p12")), Passphrase.none(), new SecureRandom());
        revocations = new HeldRevocations(
                store.crls(), List.of(pki.root().certificate(), pki.issuing().certificate()), Duration.ZERO);
        for (Crl crl : pki.crls().crls()) {
            revocations.accept(crl.der());
        }
        keys = open();
    }

    @AfterEach
    void closeStore() throws Exception {
        store.close();
    }

    private KnownKeys open() throws Exception {
        return new KnownKeys(
                store.contactKeys(), new KeyJudge(new DeviceJudge(pki.trustAnchors(), revocations, pki.clock())));
    }

    private EnvelopeKey key(Identity device, int number, String pair) throws Exception {
        return new EnvelopeKey(
                BOB,
                device.deviceId(),
                number,
                (RSAPublicKey) TestKeys.envelope(pair).publicKey(),
                start);
    }

    private EncodedRecord signed(Identity by, EnvelopeKey key) {
        return RecordSigner.sign(by, ContentPurpose.ENVELOPE_KEY, key.encode(), pki.now())
                .encoded();
    }

    private Optional<String> shown(Optional<EncodedRecord> record) throws Exception {
        return keys.take(
                new DirectoryEntry(BOB, Optional.empty(), laptop.deviceId(), laptop.chain(), false, true, record));
    }

    private Optional<String> shown(EnvelopeKey key) throws Exception {
        return shown(Optional.of(signed(laptop, key)));
    }

    private Standing standing() {
        return keys.standing(laptop.deviceId(), pki.now());
    }

    @Test
    void isTheNewestThatTheDeviceHasSigned() throws Exception {
        assertThat(standing()).isInstanceOf(Standing.Silent.class);
        for (int number : new int[] {1, 2, 9}) {
            EnvelopeKey key = key(laptop, number, "bob " + number);
            assertThat(shown(key)).isEmpty();
            assertThat(standing()).isEqualTo(new Standing.Receives(key));
        }
    }

    /// A thief may have an older one: nobody seals to it again, also not after a restart.
    @Test
    @Defends(Threat.OLD_KEY_SHOWN_AGAIN)
    void usesNoKeyThatWasGivenUp() throws Exception {
        shown(key(laptop, 2, "second"));
        assertThat(shown(key(laptop, 1, "first")).orElseThrow()).contains("key 1", "key 2");
        assertThat(standing()).isInstanceOf(Standing.Refused.class);
        assertThat(shown(key(laptop, 1, "first"))).as("told once").isEmpty();

        keys = open();
        assertThat(shown(key(laptop, 1, "first"))).isPresent();
        assertThat(standing()).isInstanceOf(Standing.Refused.class);
        assertThat(shown(key(laptop, 2, "second"))).isEmpty();
        assertThat(standing()).isInstanceOf(Standing.Receives.class);
    }

    @Test
    @Defends(Threat.OLD_KEY_SHOWN_AGAIN)
    void refusesAnotherOneOfTheSameNumber() throws Exception {
        shown(key(laptop, 2, "second"));
        assertThat(shown(key(laptop, 2, "another"))).isPresent();
        assertThat(standing()).isInstanceOf(Standing.Refused.class);
    }

    @Test
    @Defends(Threat.OLD_KEY_SHOWN_AGAIN)
    void usesNoKeyThatAnotherDeviceHasSigned() throws Exception {
        assertThat(shown(Optional.of(signed(phone, key(laptop, 1, "first"))))).isPresent();
        assertThat(standing()).isInstanceOf(Standing.Refused.class);
        assertThat(shown(Optional.of(signed(phone, key(phone, 1, "first"))))).isPresent();
        assertThat(standing()).isInstanceOf(Standing.Refused.class);
    }

    /// Which would keep a device from being sealed to, in silence.
    @Test
    void saysThatADeviceIsSilentWhereItsKeyIsNotShownAnyLonger() throws Exception {
        shown(key(laptop, 1, "first"));
        shown(Optional.empty());
        assertThat(standing()).isInstanceOf(Standing.Silent.class);
    }

    @Test
    @Defends(Threat.DEVICE_LONG_GONE)
    void isDormantThirtyDaysAfterItsStart() throws Exception {
        EnvelopeKey key = key(laptop, 1, "first");
        shown(key);
        Instant end = start.plus(Duration.ofDays(30));
        assertThat(keys.standing(laptop.deviceId(), end.minusMillis(1))).isEqualTo(new Standing.Receives(key));
        assertThat(keys.standing(laptop.deviceId(), end)).isEqualTo(new Standing.Dormant(key));
    }
}
