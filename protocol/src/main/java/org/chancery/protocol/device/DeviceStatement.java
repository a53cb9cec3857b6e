package org.chancery.protocol.device;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.VerifiedRecord;

/// An entry that devices of its address have signed: the proof of which, not yet that they may.
public final class DeviceStatement {

    private final DeviceEntry entry;
    private final Map<DeviceId, Instant> signers;
    private final List<Instant> signedAt;
    private final EncodedRecord record;
    private final Digest hash;

    private DeviceStatement(DeviceEntry entry, Map<DeviceId, Instant> signers, VerifiedRecord record) {
        this.entry = entry;
        this.signers = Map.copyOf(signers);
        this.signedAt = record.signingTimes();
        this.record = record.record().encoded();
        this.hash = record.record().hash();
    }

    /// What a record says of a person's devices.
    ///
    /// @param record verified for the purpose `DEVICE_ENTRY`
    /// @throws DeviceException [DeviceFailure#MALFORMED], [DeviceFailure#OTHER_ADDRESS] if one of those who
    /// signed has no certificate for the address
    public static DeviceStatement of(VerifiedRecord record) throws DeviceException {
        DeviceEntry entry = DeviceEntry.decode(record.content());
        Map<DeviceId, Instant> signers = new HashMap<>();
        for (ValidatedPath signer : record.signers()) {
            if (!signer.isOf(entry.address())) {
                throw new DeviceException(DeviceFailure.OTHER_ADDRESS, "signed with a certificate for another address");
            }
            signers.put(
                    DeviceId.of(signer.leaf().getPublicKey()),
                    signer.leaf().getNotAfter().toInstant());
        }
        return new DeviceStatement(entry, signers, record);
    }

    public DeviceEntry entry() {
        return entry;
    }

    /// Every device that signed: one or two.
    public Set<DeviceId> signers() {
        return signers.keySet();
    }

    /// When the certificate ends that a device signed with.
    ///
    /// @throws IllegalArgumentException if it did not sign
    public Instant notAfter(DeviceId signer) {
        Instant end = signers.get(signer);
        if (end == null) {
            throw new IllegalArgumentException("a device that did not sign");
        }
        return end;
    }

    /// By the signers' clocks.
    public List<Instant> signedAt() {
        return signedAt;
    }

    /// The signed record.
    public EncodedRecord record() {
        return record;
    }

    /// SHA-256 over the record: what the next entry names.
    public Digest hash() {
        return hash;
    }

    @Override
    public String toString() {
        return entry + " by " + signers.keySet();
    }
}
