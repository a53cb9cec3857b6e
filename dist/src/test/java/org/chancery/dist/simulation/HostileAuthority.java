package org.chancery.dist.simulation;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.CrlSigner;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestAuthority;
import org.chancery.pki.testing.TestKeys;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.key.EnvelopeKey;

/// The authority that everybody trusts, and that certifies and revokes as it likes. It has the keys of nobody else; the
/// devices it makes up sign what they are told to.
final class HostileAuthority {
    private static final Duration WEEK = Duration.ofDays(7);

    private final World world;
    private int acts;

    HostileAuthority(World world) {
        this.world = world;
    }

    int acts() {
        return acts;
    }

    /// A device of somebody's that they know nothing of.
    Identity ghost(Address of) {
        acts++;
        return world.pki().client(of.value(), TestKeys.rsa("ghost of " + of));
    }

    /// Somebody's key under another name.
    Identity renamed(Identity whose, Address name) {
        acts++;
        return world.pki().client(name.value(), whose.key());
    }

    /// The first entry of a chain of a device's own.
    EncodedRecord begins(Identity device, Address address) {
        return entry(device, address, Optional.empty());
    }

    /// An entry by which a device joins a chain on its own word.
    EncodedRecord joins(Identity device, Address address, Digest head) {
        return entry(device, address, Optional.of(head));
    }

    private EncodedRecord entry(Identity device, Address address, Optional<Digest> head) {
        acts++;
        DeviceEntry entry = new DeviceEntry(address, head, new DeviceEntry.Act.Add(device.deviceId()));
        return RecordSigner.sign(
                        device,
                        ContentPurpose.DEVICE_ENTRY,
                        entry.encode(),
                        world.clock().instant())
                .encoded();
    }

    /// A key to receive with, for one device, signed by another.
    EncodedRecord envelopeKey(Identity signer, Address address, DeviceId device) {
        acts++;
        SigningKey pair = TestKeys.envelope("key of " + signer.deviceId() + " for " + device);
        EnvelopeKey key = new EnvelopeKey(
                address,
                device,
                1,
                (RSAPublicKey) pair.publicKey(),
                world.clock().instant());
        return RecordSigner.sign(
                        signer,
                        ContentPurpose.ENVELOPE_KEY,
                        key.encode(),
                        world.clock().instant())
                .encoded();
    }

    /// A device as a relay's directory shows it.
    static DirectoryEntry listed(Identity device, Address address, Optional<EncodedRecord> key) {
        return new DirectoryEntry(address, Optional.empty(), device.deviceId(), device.chain(), false, true, key);
    }

    /// Lists that revoke this certificate, or nothing.
    CrlSet lists(long number, Instant thisUpdate, Optional<RevokedCertificate> revoked) {
        acts++;
        return CrlSet.of(List.of(
                list(world.pki().root(), number, thisUpdate, List.of()),
                list(world.pki().issuing(), number, thisUpdate, revoked.stream().toList())));
    }

    private static Crl list(
            TestAuthority authority, long number, Instant thisUpdate, List<RevokedCertificate> revoked) {
        return CrlSigner.sign(
                authority.certificate(),
                authority.key(),
                BigInteger.valueOf(number),
                thisUpdate,
                thisUpdate.plus(WEEK),
                revoked);
    }

    /// That somebody is not to be believed from now on.
    RevokedCertificate revoked(Identity whose) {
        return new RevokedCertificate(
                SerialNumber.of(whose.chain().leaf()),
                world.clock().instant(),
                RevocationReason.CESSATION_OF_OPERATION,
                Optional.empty());
    }

    /// That somebody's key was stolen.
    RevokedCertificate stolen(Identity whose, Instant since) {
        return new RevokedCertificate(
                SerialNumber.of(whose.chain().leaf()),
                world.clock().instant(),
                RevocationReason.KEY_COMPROMISE,
                Optional.of(since));
    }
}
