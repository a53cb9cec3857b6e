package org.chancery.client.store;

import java.util.Optional;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.Digest;

/// What proves letters of one's own that were signed anew while the relay may have taken them: only the newest has its
/// proof with its line. By their hashes; gone when the relay has said which one it has.
public final class SetAside {
    private final StoreAccess access;
    private final SealedTable evidence;
    private final History history;

    SetAside(StoreAccess access, SealedTable evidence, History history) {
        this.access = access;
        this.evidence = evidence;
        this.history = history;
    }

    /// Another letter is about to be signed for a line. Part of a commit.
    ///
    /// @param letter the hash of the one that counted until now
    public void put(StoredLine line, Digest letter) throws StoreException {
        access.run(() -> {
            Optional<byte[]> proof = history.evidence(line.id());
            if (proof.isPresent() && find(letter).isEmpty()) {
                evidence.put(evidence.name(letter.bytes()), proof.get());
            }
        });
    }

    /// An earlier letter is the one that the relay has. What has been deleted meanwhile is not proved again: its proof
    /// says it. Part of a commit.
    public void takeBack(StoredLine line, Digest letter) throws StoreException {
        access.run(() -> {
            history.dropEvidence(line.id());
            Optional<Row> proof = find(letter);
            if (proof.isPresent() && !line.line().isForgotten()) {
                history.addEvidence(line, proof.get().body());
            }
        });
    }

    private Optional<Row> find(Digest letter) throws StoreException {
        return access.read(() -> evidence.find(evidence.name(letter.bytes())));
    }

    /// The relay has one of the letters of an entry, or none will be sent. Part of a commit.
    public void drop(OutboxEntry entry) throws StoreException {
        access.run(() -> {
            for (SealedLetter sealed : entry.letters()) {
                evidence.delete(evidence.name(sealed.letter().hash().bytes()));
            }
        });
    }
}
