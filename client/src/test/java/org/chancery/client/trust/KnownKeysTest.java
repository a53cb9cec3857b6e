package org.chancery.client.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
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

/// The keys that others receive with, as a relay shows them.
final class KnownKeysTest {
    private static final Address ALICE = new Address("alice@lab.example");

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity laptop = pki.client("alice@lab.example");
    private final Identity phone = pki.client("alice@lab.example");
    private MessageStore store;
    private KnownKeys keys;

    @BeforeEach
    void openStore() throws Exception {
        store = MessageStore.open(
                new StoreLocation(directory.resolve("bob.p12")), Passphrase.none(), new SecureRandom());
        HeldRevocations revocations = new HeldRevocations(
                store.crls(), List.of(pki.root().certificate(), pki.issuing().certificate()), Duration.ZERO);
        for (Crl crl : pki.crls().crls()) {
            revocations.accept(crl.der());
        }
        keys = known(revocations);
    }

    private KnownKeys known(HeldRevocations revocations) throws Exception {
        return new KnownKeys(
                store.contactKeys(), new KeyJudge(new DeviceJudge(pki.trustAnchors(), revocations, pki.clock())));
    }

    @AfterEach
    void closeStore() throws Exception {
        store.close();
    }

    private EncodedRecord key(Identity signer, int number) {
        EnvelopeKey key = new EnvelopeKey(
                ALICE,
                laptop.deviceId(),
                number,
                (RSAPublicKey) TestKeys.envelope("laptop " + number).publicKey(),
                pki.now());
        return RecordSigner.sign(signer, ContentPurpose.ENVELOPE_KEY, key.encode(), pki.now())
                .encoded();
    }

    private Optional<String> shows(EncodedRecord key) throws Exception {
        return keys.take(new DirectoryEntry(
                ALICE, Optional.empty(), laptop.deviceId(), laptop.chain(), false, true, Optional.of(key)));
    }

    private Standing standing() {
        return keys.standing(laptop.deviceId(), pki.now());
    }

    @Test
    void takesTheNewest() throws Exception {
        assertThat(shows(key(laptop, 1))).isEmpty();
        assertThat(shows(key(laptop, 2))).isEmpty();

        assertThat(standing())
                .isInstanceOfSatisfying(
                        Standing.Receives.class,
                        it -> assertThat(it.key().number()).isEqualTo(2));
    }

    @Test
    @Defends(Threat.OLD_KEY_SHOWN_AGAIN)
    void usesNoKeyThatWasGivenUp() throws Exception {
        shows(key(laptop, 2));

        assertThat(shows(key(laptop, 1)).orElseThrow()).contains("which has published key 2 before");
        assertThat(standing()).isInstanceOf(Standing.Refused.class);
        assertThat(shows(key(laptop, 1))).as("told once").isEmpty();
        assertThat(shows(key(laptop, 3))).isEmpty();
        assertThat(standing()).isInstanceOf(Standing.Receives.class);
    }

    @Test
    @Defends(Threat.OLD_KEY_SHOWN_AGAIN)
    void usesNoKeyThatAnotherDeviceHasSigned() throws Exception {
        assertThat(shows(key(phone, 1)).orElseThrow()).contains("that it never signed");
        assertThat(standing()).isInstanceOf(Standing.Refused.class);
    }
}
