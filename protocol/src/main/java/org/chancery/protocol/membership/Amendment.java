package org.chancery.protocol.membership;

import java.time.Instant;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.VerifiedRecord;

/// An entry that somebody has signed: the proof of who acts, not yet that they may.
public final class Amendment {

    private final MembershipEntry entry;
    private final Address actor;
    private final DeviceId device;
    private final Instant signedAt;
    private final EncodedRecord record;
    private final Digest hash;

    private Amendment(
            MembershipEntry entry,
            Address actor,
            DeviceId device,
            Instant signedAt,
            EncodedRecord record,
            Digest hash) {
        this.entry = entry;
        this.actor = actor;
        this.device = device;
        this.signedAt = signedAt;
        this.record = record;
        this.hash = hash;
    }

    /// What a record says of a room.
    ///
    /// @param record verified for the purpose `MEMBERSHIP`
    /// @throws MembershipException [MembershipFailure#MALFORMED]
    public static Amendment of(VerifiedRecord record) throws MembershipException {
        if (record.signers().size() != 1) {
            throw new MembershipException(MembershipFailure.MALFORMED, "an entry has one signer");
        }
        ValidatedPath signer = record.signers().getFirst();
        try {
            return new Amendment(
                    MembershipEntry.decode(record.content()),
                    Address.of(signer.leaf()),
                    DeviceId.of(signer.leaf().getPublicKey()),
                    record.signingTimes().getFirst(),
                    record.record().encoded(),
                    record.record().hash());
        } catch (MalformedNameException e) {
            throw new MembershipException(MembershipFailure.MALFORMED, "signed by nobody: " + e.getMessage());
        }
    }

    /// An entry that was verified before, by who has kept what was learnt then.
    public static Amendment kept(
            EncodedRecord record, MembershipEntry entry, Address actor, DeviceId device, Instant signedAt) {
        return new Amendment(entry, actor, device, signedAt, record, record.hash());
    }

    public MembershipEntry entry() {
        return entry;
    }

    /// The room it makes or changes.
    public ConversationId room() {
        return switch (entry) {
            case MembershipEntry.Create _ -> ConversationId.room(hash);
            case MembershipEntry.Change change -> change.room();
        };
    }

    /// Whose certificate it was signed with.
    public Address actor() {
        return actor;
    }

    public DeviceId device() {
        return device;
    }

    /// By the signer's clock.
    public Instant signedAt() {
        return signedAt;
    }

    /// The signed record.
    public EncodedRecord record() {
        return record;
    }

    /// SHA-256 over the record: what the next entry names, and the transcript covers.
    public Digest hash() {
        return hash;
    }

    @Override
    public String toString() {
        return actor + ": " + entry;
    }
}
