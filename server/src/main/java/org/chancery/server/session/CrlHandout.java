package org.chancery.server.session;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.revocation.CrlOffer;
import org.jspecify.annotations.Nullable;

/// The CRLs for one client: what it is to be told of them next. The parts of everybody are cut from the same
/// lists, and only when they are written, so a client costs an offset. For whoever writes.
final class CrlHandout {

    /// A frame within one TLS record. So much a client's letters wait for, and one that does not read has in
    /// memory.
    static final int PART = 16_000;

    private final Supplier<CrlOffer> offer;
    private final Set<CrlFingerprint> held;
    private final Set<CrlFingerprint> sent = new HashSet<>();
    private final Deque<Crl> coming = new ArrayDeque<>();
    private Frame.@Nullable CrlsAnnounced announced;
    private int offset; // in the first of those that come

    /// @param offer what clients are to have now
    /// @param held what this one has already
    CrlHandout(Supplier<CrlOffer> offer, Collection<CrlFingerprint> held) {
        this.offer = offer;
        this.held = Set.copyOf(held);
    }

    /// What to say next; empty while the client has been told everything.
    Optional<Frame> next() {
        CrlOffer newest = offer.get();
        if (!newest.announcement().equals(announced)) {
            return Optional.of(announce(newest));
        }
        Crl crl = coming.peekFirst();
        if (crl == null) {
            return Optional.empty();
        }
        int count = Math.min(PART, crl.length() - offset);
        Frame part = new Frame.CrlPart(crl.fingerprint(), offset, crl.part(offset, count));
        offset += count;
        if (offset == crl.length()) {
            sent.add(crl.fingerprint());
            coming.removeFirst();
            offset = 0;
        }
        return Optional.of(part);
    }

    /// A list that was begun and still counts is gone on with; one that does not is left where it is.
    private Frame announce(CrlOffer newest) {
        Crl begun = offset > 0 ? coming.peekFirst() : null;
        coming.clear();
        sent.retainAll(newest.crls().stream().map(Crl::fingerprint).toList());
        for (Crl crl : newest.crls()) {
            if (begun != null && crl.fingerprint().equals(begun.fingerprint())) {
                coming.addFirst(crl);
            } else if (!held.contains(crl.fingerprint()) && !sent.contains(crl.fingerprint())) {
                coming.addLast(crl);
            }
        }
        Crl first = coming.peekFirst();
        if (first == null || begun == null || !first.fingerprint().equals(begun.fingerprint())) {
            offset = 0;
        }
        announced = newest.announcement();
        return newest.announcement();
    }
}
