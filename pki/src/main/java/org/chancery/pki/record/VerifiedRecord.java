package org.chancery.pki.record;

import java.time.Instant;
import java.util.List;
import org.chancery.pki.path.ValidatedPath;

/// The proof that accepted certificates' keys signed this content for this purpose. Only
/// [SignedRecord#verify] makes one.
public final class VerifiedRecord {
    private final SignedRecord record;
    private final List<ValidatedPath> signers;

    VerifiedRecord(SignedRecord record, List<ValidatedPath> signers) {
        this.record = record;
        this.signers = List.copyOf(signers);
    }

    public SignedRecord record() {
        return record;
    }

    public byte[] content() {
        return record.content();
    }

    /// Everybody who signed, in the record's order.
    public List<ValidatedPath> signers() {
        return signers;
    }

    /// When they say they signed, in the same order.
    public List<Instant> signingTimes() {
        return record.signatures().stream().map(RecordSignature::signingTime).toList();
    }

    @Override
    public String toString() {
        return "verified " + record;
    }
}
