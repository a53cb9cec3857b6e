package org.chancery.dist.simulation;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.TranscriptHash;

/// A relay that does as it likes with what passes: what it delivers, what it takes, and what it says unasked.
/// Counts what it does, so that an attack that never happened is no defence that held.
final class HostileRelay {
    private final Clock clock;
    private final List<Seal> seals = new ArrayList<>();
    private int acts;

    HostileRelay(Clock clock) {
        this.clock = clock;
    }

    int acts() {
        return acts;
    }

    /// Seals that were uploaded by those it listens to.
    List<Seal> seals() {
        return seals;
    }

    /// Remembers whom somebody seals to.
    void listen(Person to) {
        to.link().outward(this::remembered);
    }

    private List<Frame> remembered(Frame frame) {
        if (frame instanceof Frame.Publish publish) {
            publish.seal().ifPresent(seals::add);
        }
        return List.of(frame);
    }

    /// Changes what it delivers to somebody.
    void delivers(Person to, Function<Frame, List<Frame>> change) {
        to.link().inward(frame -> counted(frame, change.apply(frame)));
    }

    /// Changes what it takes from somebody.
    void takes(Person from, Function<Frame, List<Frame>> change) {
        from.link().outward(frame -> {
            remembered(frame);
            return counted(frame, change.apply(frame));
        });
    }

    private List<Frame> counted(Frame frame, List<Frame> instead) {
        if (instead.size() != 1 || !instead.getFirst().equals(frame)) {
            acts++;
        }
        return instead;
    }

    /// Says something of its own.
    void says(Person to, Frame frame) {
        acts++;
        to.link().hear(frame);
    }

    /// Says something of its own, and afterwards something else.
    void says(Person to, List<Frame> frames) {
        frames.forEach(frame -> says(to, frame));
    }

    /// Hands lists over, whether they are in force or not.
    void hands(Person to, CrlSet lists) {
        says(
                to,
                new Frame.CrlsAnnounced(
                        lists.crls().stream().map(AnnouncedCrl::of).toList()));
        for (Crl crl : lists.crls()) {
            says(to, new Frame.CrlPart(crl.fingerprint(), 0, crl.part(0, crl.length())));
        }
    }

    /// Has somebody ask the directory again before they next write to an address, and changes the answers about that.
    void lies(Person to, Address about, Function<Frame.DirectoryAnswer, Frame.DirectoryAnswer> change) {
        delivers(
                to,
                frame -> frame instanceof Frame.DirectoryAnswer answer && isAbout(answer, about)
                        ? List.of(change.apply(answer))
                        : List.of(frame));
        to.link().hear(new Frame.DevicesChanged(about));
    }

    private static boolean isAbout(Frame.DirectoryAnswer answer, Address address) {
        return answer.entries().stream()
                .map(DirectoryEntry::address)
                .findFirst()
                .equals(Optional.of(address));
    }

    /// An entry as it would come behind what the reader has seen.
    Frame.DeliverMembership entry(Person reader, Party room, EncodedRecord record) throws IOException {
        Conversation seen =
                reader.store().conversations().find(room.conversation()).orElseThrow();
        long sequence = seen.sequence() + 1;
        return new Frame.DeliverMembership(
                room.conversation(),
                TranscriptHash.next(seen.transcript(), sequence, record.hash()),
                new MembershipPlace(sequence, clock.instant(), record));
    }

    /// A relay that shows one reader another history: leaves a letter out, and counts the later ones as though it had
    /// never been.
    static final class Fork implements Function<Frame, List<Frame>> {
        private final Function<Frame.Deliver, Boolean> hidden;
        private Digest transcript = Digest.NONE;
        private long left;

        Fork(Function<Frame.Deliver, Boolean> hidden) {
            this.hidden = hidden;
        }

        /// Begins at this transcript.
        void from(Digest reached) {
            transcript = reached;
        }

        @Override
        public List<Frame> apply(Frame frame) {
            return switch (frame) {
                case Frame.Deliver deliver
                when left == 0 && hidden.apply(deliver) -> {
                    left++;
                    yield List.of();
                }
                case Frame.Deliver deliver
                when left > 0 -> {
                    long sequence = deliver.sequence() - left;
                    transcript = TranscriptHash.next(transcript, sequence, LetterForge.hash(deliver));
                    yield List.of(new Frame.Deliver(
                            deliver.conversation(),
                            sequence,
                            deliver.acceptedAt(),
                            transcript,
                            deliver.envelopeDer(),
                            deliver.from()));
                }
                case Frame.Deliver deliver -> {
                    transcript = deliver.transcript();
                    yield List.of(frame);
                }
                case Frame.DeliverMembership entry -> {
                    transcript = entry.transcript();
                    yield List.of(frame);
                }
                default -> List.of(frame);
            };
        }
    }
}
