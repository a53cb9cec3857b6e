package org.chancery.dist.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.MembershipEntry;
import org.jspecify.annotations.Nullable;

/// The membership entries that one device submits to one room, one at a time, and what becomes of them. Not thread
/// safe.
final class OwnDeeds {
    /// @param id of the question, on whatever connection it is asked
    private record Deed(long id, SignedRecord signed, boolean founding) {
        Frame.SubmitMembership frame() {
            return new Frame.SubmitMembership(id, signed.encoded());
        }
    }

    private final Identity self;
    private final Consumer<String> fault;
    private Optional<Deed> waiting = Optional.empty();
    private Optional<Deed> lastDone = Optional.empty();
    private @Nullable Placed lastPlaced;
    private boolean anotherLog;
    private long done;
    private long late;

    /// @param fault told what must never be, in words
    OwnDeeds(Identity self, Consumer<String> fault) {
        this.self = self;
        this.fault = fault;
    }

    static SignedRecord sign(Identity self, MembershipEntry entry) {
        return RecordSigner.sign(self, ContentPurpose.MEMBERSHIP, entry.encode(), Instant.now());
    }

    /// What begins the room waits for its answer from here on.
    void found(SignedRecord create, long id) {
        waiting = Optional.of(new Deed(id, create, true));
    }

    /// The next entry, which waits for its answer from here on.
    Frame.SubmitMembership submit(MembershipEntry entry, long id) {
        Deed deed = new Deed(id, sign(self, entry), false);
        waiting = Optional.of(deed);
        return deed.frame();
    }

    /// What a new connection begins with: the last that was answered, for the relay has to say the same again, and
    /// what was not.
    List<Frame> retry() {
        List<Frame> frames = new ArrayList<>();
        lastDone.ifPresent(deed -> frames.add(deed.frame()));
        waiting.ifPresent(deed -> frames.add(deed.frame()));
        return frames;
    }

    /// The relay has taken an entry.
    ///
    /// @return what lies at the place; empty if that was said before
    Optional<SignedRecord> accepted(Frame.MembershipAccepted answer) {
        if (lastDone.isPresent() && lastDone.get().id() == answer.id()) {
            Placed again = Placed.entry(lastDone.get().signed().hash(), answer.transcript());
            if (lastPlaced == null || !lastPlaced.equals(again)) {
                fault.accept("another answer to an entry than before: " + answer);
            }
            return Optional.empty();
        }
        if (waiting.isEmpty() || waiting.get().id() != answer.id()) {
            fault.accept("an answer to what was not submitted: " + answer);
            return Optional.empty();
        }
        SignedRecord signed = waiting.get().signed();
        lastPlaced = Placed.entry(signed.hash(), answer.transcript());
        lastDone = waiting;
        waiting = Optional.empty();
        anotherLog = false;
        done++;
        return Optional.of(signed);
    }

    /// The relay has refused a question.
    ///
    /// @return whether it was an entry: somebody else was first, or has sent us away, of which we may not know yet
    boolean refused(long id, Frame.Refused refused) {
        if (waiting.isEmpty() || waiting.get().id() != id) {
            return false;
        }
        boolean stale = refused.error() == ProtocolError.STALE
                && (anotherLog || !refused.changes().isEmpty());
        if (!stale && refused.error() != ProtocolError.NOT_A_MEMBER) {
            fault.accept("refused: " + refused);
        }
        waiting = Optional.empty();
        late++;
        return true;
    }

    /// The relay has another log, which may lack what ours follow.
    void begunAnotherLog() {
        anotherLog = true;
        lastDone = Optional.empty();
    }

    boolean idle() {
        return waiting.isEmpty();
    }

    /// Whether the room is still to begin.
    boolean founding() {
        return waiting.filter(Deed::founding).isPresent();
    }

    /// What has no answer yet.
    Optional<SignedRecord> waiting() {
        return waiting.map(Deed::signed);
    }

    /// How many were taken.
    long done() {
        return done;
    }

    /// How many were refused, for there was another before them.
    long late() {
        return late;
    }
}
