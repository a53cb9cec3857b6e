package org.chancery.dist.vectors;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.VectorFile.Case;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameWriter;
import org.chancery.protocol.key.EnvelopeKey;

/// Who is in the story, with what they have signed for their devices: Alice with a laptop on her chain, a device that
/// was revoked, one that is not on the chain and one that has expired; Carol with a P-256 key; Bob, who reads; and
/// Mallory, whom the directory does not show.
final class StoryPeople {
    static final Address ALICE = new Address("alice@lab.example");
    static final Address BOB = new Address("bob@lab.example");
    static final Address CAROL = new Address("carol@lab.example");

    final TestPki pki = TestPki.create();
    final Instant now = pki.now();
    final Identity alice = pki.client(ALICE.value());
    final Identity lost = device("lost");
    final Identity phone = device("phone");
    final Identity expired = pki.expired(ALICE.value());
    final Identity carol = pki.client(CAROL.value(), TestKeys.ec("carol of the story"));
    final Identity bob = pki.client(BOB.value(), TestKeys.ec("bob of the story"));
    final Identity mallory = pki.client("mallory@lab.example");
    /// Not of the pool, for this one is published.
    final SigningKey envelope = KeyPairs.generate(KeyAlgorithm.RSA_3072, new SecureRandom());

    private final SignedRecord begun = first(alice, ALICE);
    private final SignedRecord joined = RecordSigner.countersign(
            RecordSigner.sign(
                    lost,
                    ContentPurpose.DEVICE_ENTRY,
                    new DeviceEntry(ALICE, Optional.of(begun.hash()), new DeviceEntry.Act.Add(lost.deviceId()))
                            .encode(),
                    now.minusSeconds(60)),
            alice,
            now.minusSeconds(60));
    private final SignedRecord ofBob = first(bob, BOB);
    private final SignedRecord ofCarol = first(carol, CAROL);
    private final CrlSet lists = pki.revoke(lost.chain().leaf());

    private Identity device(String name) {
        return pki.client(ALICE.value(), TestKeys.ec(name + " of the story"));
    }

    private SignedRecord first(Identity device, Address address) {
        return RecordSigner.sign(
                device,
                ContentPurpose.DEVICE_ENTRY,
                new DeviceEntry(address, Optional.empty(), new DeviceEntry.Act.Add(device.deviceId())).encode(),
                now.minusSeconds(60));
    }

    /// Bob's key, as others wrap for it.
    RecipientKey recipient() {
        return RecipientKey.of(bob.deviceId(), 1, (RSAPublicKey) envelope.publicKey());
    }

    SealMember member(Address address) {
        SignedRecord head = address.equals(ALICE) ? joined : address.equals(BOB) ? ofBob : ofCarol;
        return SealMember.at(address, head.hash());
    }

    /// Who writes to Bob alone.
    Scribe toBob(Identity device, Address address) throws Exception {
        return new Scribe(
                device,
                ConversationId.direct(address, BOB),
                Optional.of(BOB),
                Optional.empty(),
                List.of(member(address), member(BOB)),
                recipient(),
                envelope.exposedPrivateKey());
    }

    /// Who writes in a room.
    Scribe inRoom(Identity device, ConversationId room, Digest head, Address... members) throws Exception {
        List<SealMember> all = new ArrayList<>();
        for (Address member : members) {
            all.add(member(member));
        }
        return new Scribe(
                device, room, Optional.empty(), Optional.of(head), all, recipient(), envelope.exposedPrivateKey());
    }

    Case certificates() {
        return new Case()
                .with("root", Certificates.der(pki.root().certificate()))
                .with("issuer", Certificates.der(pki.issuing().certificate()))
                .with("rootlist", lists.crls().getFirst().der())
                .with("list", lists.crls().getLast().der())
                .with("relay", Certificates.der(pki.server("127.0.0.1").chain().leaf()))
                .with("bob", Certificates.der(bob.chain().leaf()))
                .with("bobidentity", bob.key().exposedPrivateKey().getEncoded())
                .with("bobkey", envelope.exposedPrivateKey().getEncoded())
                .with("time", now.toString());
    }

    /// What the directory says of each address.
    List<Case> directory() throws Exception {
        EnvelopeKey key =
                new EnvelopeKey(BOB, bob.deviceId(), 1, (RSAPublicKey) envelope.publicKey(), now.minusSeconds(60));
        EncodedRecord published = RecordSigner.sign(bob, ContentPurpose.ENVELOPE_KEY, key.encode(), now)
                .encoded();
        return List.of(
                answer(
                        List.of(
                                entry(ALICE, alice, Optional.empty()),
                                entry(ALICE, lost, Optional.empty()),
                                entry(ALICE, phone, Optional.empty()),
                                entry(ALICE, expired, Optional.empty())),
                        begun,
                        joined),
                answer(List.of(entry(BOB, bob, Optional.of(published))), ofBob),
                answer(List.of(entry(CAROL, carol, Optional.empty())), ofCarol));
    }

    private static DirectoryEntry entry(Address address, Identity device, Optional<EncodedRecord> key) {
        return new DirectoryEntry(address, Optional.empty(), device.deviceId(), device.chain(), false, false, key);
    }

    private static Case answer(List<DirectoryEntry> entries, SignedRecord... chain) throws Exception {
        List<EncodedRecord> records = new ArrayList<>();
        for (SignedRecord record : chain) {
            records.add(record.encoded());
        }
        return new Case().with("directory", encoded(new Frame.DirectoryAnswer(0, entries, records)));
    }

    static byte[] encoded(Frame frame) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(out, FrameLimits.DEFAULT);
        writer.write(frame);
        writer.flush();
        return out.toByteArray();
    }
}
