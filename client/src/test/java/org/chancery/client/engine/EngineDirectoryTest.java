package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.ChainState;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.DeviceState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.ListedDevice;
import org.chancery.client.chat.Listing;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.Trust;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.device.DeviceStatement;
import org.junit.jupiter.api.Test;

/// What the client makes of the relay's directory, and what it adds to it.
final class EngineDirectoryTest extends Lab {
    private TestClient startOnChain(Identity identity) throws Exception {
        TestClient client = online(identity);
        assertThat(relay.joined.poll(20, TimeUnit.SECONDS)).isEqualTo(identity.address());
        return client;
    }

    private static List<Listing> list(TestClient client, String prefix) throws InterruptedException {
        client.submit(new Command.ListDirectory(prefix));
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
            a.settle();
        }
        online(alice).settle();
        assertThat(relay.chains.get(ALICE)).hasSize(1);
    }

    /// Another of one's own devices has to bring it there.
    @Test
    void addsItselfToNoChainThatHasBegun() throws Exception {
        Identity phone = device(ALICE);
        startOnChain(alice).close();
        TestClient p = online(phone);
        Listing own = list(p, "alice").getFirst();
        assertThat(own.chain()).isEqualTo(ChainState.VERIFIED);
        assertThat(own.devices())
                .extracting(ListedDevice::device, ListedDevice::onChain)
                .containsExactly(tuple(alice.deviceId(), true), tuple(phone.deviceId(), false));
        p.settle();
        assertThat(relay.chains.get(ALICE)).hasSize(1);
    }

    @Test
    void listsPeopleWithTheirDevices() throws Exception {
        TestClient b = startOnChain(bob);
        TestClient a = startOnChain(alice);
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

    @Test
    void callsRevokedWhoIsRevokedWhateverTheRelaySays() throws Exception {
        startOnChain(bob).close();
        TestClient a = startOnChain(alice);
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

    @Test
    void saysThatAChainDoesNotHold() throws Exception {
        Identity ghost = device(BOB);
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
        TestClient a = startOnChain(alice);
        Listing listed = list(a, "bob").getFirst();
        assertThat(listed.chain()).isEqualTo(ChainState.BROKEN);
        assertThat(listed.chainFault().orElseThrow()).contains("NOT_ON_CHAIN");
        assertThat(listed.devices()).noneMatch(ListedDevice::onChain);
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
        TestClient a = start(alice);
        a.await(
                Event.Problem.class,
                problem -> problem.kind() == ProblemKind.DEVICE_CHAIN
                        && problem.sentence().contains("your own devices"));
        a.settle();
        assertThat(relay.joined).isEmpty();
    }
}
