package org.chancery.server.testing;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipBounds;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// Signs entries for people, verifies them as everybody does, and keeps count of where a room stands.
public final class Scribe {

    private final TestPki pki;

    public Scribe(TestPki pki) {
        this.pki = pki;
    }

    /// A room that its owner begins.
    public Amendment create(Identity owner, int nonce) throws Exception {
        byte[] octets = new byte[MembershipEntry.Create.NONCE_BYTES];
        octets[0] = (byte) nonce;
        return signed(owner, new MembershipEntry.Create(octets));
    }

    /// What somebody does to a room as it is.
    public Amendment does(Identity actor, Membership room, Act act) throws Exception {
        return signed(actor, room.next(act));
    }

    /// The room after it.
    public static Membership after(Membership room, Amendment amendment) throws Exception {
        return room.apply(amendment, MembershipBounds.PROTOCOL);
    }

    public Amendment signed(Identity actor, MembershipEntry entry) throws Exception {
        return amendment(RecordSigner.sign(actor, ContentPurpose.MEMBERSHIP, entry.encode(), pki.now()), actor);
    }

    /// What a record says, to who accepts its signer.
    public Amendment amendment(SignedRecord said, Identity signer) throws Exception {
        return Amendment.of(said.verify(ContentPurpose.MEMBERSHIP, paths(signer)));
    }

    /// Signed by one or two devices.
    public DeviceStatement statement(DeviceEntry entry, Identity... signers) throws Exception {
        return DeviceStatement.of(record(entry, signers).verify(ContentPurpose.DEVICE_ENTRY, paths(signers)));
    }

    /// What a record says that devices have signed.
    public DeviceStatement statement(SignedRecord said, Identity... signers) throws Exception {
        return DeviceStatement.of(said.verify(ContentPurpose.DEVICE_ENTRY, paths(signers)));
    }

    /// An offer that a device on the chain takes up; the device that offers is known by its own certificate.
    public DeviceStatement countersigned(DeviceOffer offer, Identity by, Instant then) throws Exception {
        SignedRecord both = RecordSigner.countersign(offer.record().parse(), by, then);
        List<ValidatedPath> paths = new ArrayList<>(paths(by));
        for (X509Certificate signer : both.signers()) {
            paths.add(path(signer, by.chain().issuers()));
        }
        return DeviceStatement.of(both.verify(ContentPurpose.DEVICE_ENTRY, paths));
    }

    public SignedRecord record(DeviceEntry entry, Identity... signers) {
        SignedRecord signed = RecordSigner.sign(signers[0], ContentPurpose.DEVICE_ENTRY, entry.encode(), pki.now());
        for (int i = 1; i < signers.length; i++) {
            signed = RecordSigner.countersign(signed, signers[i], pki.now());
        }
        return signed;
    }

    /// What a device says of a key of its own that begins then.
    public EnvelopeKey envelopeKey(Identity device, int number, Instant start) throws Exception {
        return new EnvelopeKey(
                device.address(),
                device.deviceId(),
                number,
                (RSAPublicKey)
                        TestKeys.envelope(device.deviceId() + " " + number).publicKey(),
                start);
    }

    /// Signed when it begins.
    public EncodedRecord key(Identity device, int number, Instant start) throws Exception {
        return RecordSigner.sign(
                        device,
                        ContentPurpose.ENVELOPE_KEY,
                        envelopeKey(device, number, start).encode(),
                        start)
                .encoded();
    }

    private List<ValidatedPath> paths(Identity... people) throws Exception {
        List<ValidatedPath> paths = new ArrayList<>();
        for (Identity person : people) {
            paths.add(path(person.chain().leaf(), person.chain().issuers()));
        }
        return paths;
    }

    private ValidatedPath path(X509Certificate certificate, List<X509Certificate> issuers) throws Exception {
        return new PathValidator(pki.trustAnchors())
                .validate(ValidationRequest.of(certificate)
                        .untrusted(issuers)
                        .purpose(Purpose.CLIENT)
                        .at(pki.now())
                        .revocation(new Revocation.NotChecked()));
    }
}
