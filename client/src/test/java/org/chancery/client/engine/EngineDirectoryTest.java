package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.device.DeviceStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the client makes of the relay's directory, and what it adds to it.
@Timeout(60)
class EngineDirectoryTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE.value(), "Alice");
    private final Identity bob = pki.client(BOB.value(), "Bob");
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

    private TestClient startOnChain(Identity identity) throws Exception {
        TestClient client = start(identity).online();
        assertThat(relay.joined.poll(20, TimeUnit.SECONDS)).isEqualTo(identity.address());
        return client;
    }

    private static List<Listing> list(TestClient client, String prefix) throws InterruptedException {
        client.engine.submit(new Command.ListDirectory(prefix));
        return client.await(
                        Event.DirectoryListed.class, listed -> listed.prefix().equals(prefix))
                .listings();
    }

    @Test
    void beginsTheOwnChainOnce() throws Exception {
        try (TestClient a = startOnChain(alice)) {
            Listing own = list(a, "alice").getFirst();
            assertThat(own.chain()).isEqualTo(ChainState.VERIFIED);
            assertThat(own.devices()).singleElement().returns(true, ListedDevice::onChain);
            relay.cutEverybody();
            a.online();
            list(a, "alice");
        }
        try (TestClient a = start(alice).online()) {
            list(a, "alice");
        }
        assertThat(relay.chains.get(ALICE)).hasSize(1);
    }

    /// Another of one's own devices has to bring it there.
    @Test
    void addsItselfToNoChainThatHasBegun() throws Exception {
        Identity phone = pki.client(ALICE.value());
        startOnChain(alice).close();
        try (TestClient p = start(phone).online()) {
            Listing own = list(p, "alice").getFirst();
            assertThat(own.chain()).isEqualTo(ChainState.VERIFIED);
            assertThat(own.devices())
                    .extracting(ListedDevice::device, ListedDevice::onChain)
                    .containsExactly(tuple(alice.deviceId(), true), tuple(phone.deviceId(), false));
        }
        assertThat(relay.chains.get(ALICE)).hasSize(1);
    }

    @Test
    void listsPeopleWithTheirDevices() throws Exception {
        try (TestClient b = startOnChain(bob);
                TestClient a = startOnChain(alice)) {
            List<Listing> all = list(a, "");
            assertThat(all).extracting(Listing::address).containsExactly(ALICE, BOB);
            Listing listed = all.getLast();
            assertThat(listed.displayName()).isEqualTo("Bob");
            assertThat(listed.devices())
                    .containsExactly(new ListedDevice(
                            bob.deviceId(),
                            Certificates.sha256Fingerprint(bob.chain().leaf()),
                            bob.chain().leaf().getNotAfter().toInstant(),
                            DeviceState.VALID,
                            true,
                            false,
                            true));
            assertThat(list(a, "bo")).extracting(Listing::address).containsExactly(BOB);
            assertThat(list(a, "nobody")).isEmpty();
            assertThat(list(b, "alice")).hasSize(1);
        }
    }

    @Test
    void callsRevokedWhoIsRevokedWhateverTheRelaySays() throws Exception {
        startOnChain(bob).close();
        try (TestClient a = startOnChain(alice)) {
            assertThat(list(a, "bob").getFirst().devices().getFirst().state()).isEqualTo(DeviceState.VALID);
            relay.publish(pki.revoke(bob.chain().leaf()));
            a.await(
                    Event.ContactsChanged.class,
                    changed -> changed.contacts().stream()
                            .anyMatch(contact -> contact.address().equals(BOB) && contact.trust() == Trust.REVOKED));
            ListedDevice device = list(a, "bob").getFirst().devices().getFirst();
            assertThat(device.state()).isEqualTo(DeviceState.REVOKED);
            assertThat(device.refusedByRelay()).isFalse();
        }
    }

    @Test
    void saysThatAChainDoesNotHold() throws Exception {
        Identity ghost = pki.client(BOB.value());
        startOnChain(bob).close();
        List<EncodedRecord> records = Objects.requireNonNull(relay.chains.get(BOB));
        DeviceChain begun = chain(records.getFirst().parse());
        relay.locked(() -> records.add(RecordSigner.sign(
                        ghost,
                        ContentPurpose.DEVICE_ENTRY,
                        begun.next(new Act.Add(ghost.deviceId())).encode(),
                        pki.now())
                .encoded()));
        relay.list(ghost);
        try (TestClient a = startOnChain(alice)) {
            Listing listed = list(a, "bob").getFirst();
            assertThat(listed.chain()).isEqualTo(ChainState.BROKEN);
            assertThat(listed.chainFault().orElseThrow()).contains("NOT_ON_CHAIN");
            assertThat(listed.devices()).noneMatch(ListedDevice::onChain);
        }
    }

    /// Bob's, as he has begun it.
    private DeviceChain chain(SignedRecord first) throws Exception {
        ValidatedPath path = new PathValidator(pki.trustAnchors())
                .validate(ValidationRequest.of(bob.chain().leaf())
                        .untrusted(bob.chain().issuers())
                        .purpose(Purpose.CLIENT)
                        .at(pki.now())
                        .revocation(new Revocation.NotChecked()));
        return DeviceChain.begin(DeviceStatement.of(first.verify(ContentPurpose.DEVICE_ENTRY, List.of(path))));
    }

    @Test
    void warnsOfAChainOfOnesOwnThatDoesNotHold() throws Exception {
        Identity mallory = pki.client("mallory@lab.example");
        relay.locked(() -> relay.chains.put(
                ALICE,
                new ArrayList<>(List.of(RecordSigner.sign(
                                mallory,
                                ContentPurpose.DEVICE_ENTRY,
                                DeviceChain.first(ALICE, mallory.deviceId()).encode(),
                                pki.now())
                        .encoded()))));
        try (TestClient a = start(alice)) {
            a.await(
                    Event.Problem.class,
                    problem -> problem.kind() == ProblemKind.DEVICE_CHAIN
                            && problem.sentence().contains("your own devices"));
        }
        assertThat(relay.joined).isEmpty();
    }
}
