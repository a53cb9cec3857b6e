package org.chancery.dist.relay;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.jspecify.annotations.Nullable;

/// What one device writes in one conversation: a chain of letters under one seal after the other, those that have no
/// answer yet, and what becomes of those that were refused, as an honest client sees to it. Not thread safe.
final class OwnLetters {
    /// Letters under one seal: so few that seals are made, lost and sent again under the kills as well.
    private static final int LETTERS_A_SEAL = 40;

    /// Whom a seal is for.
    ///
    /// @param head of the room; no octets between two people
    @SuppressWarnings("ArrayRecordComponent") // compared by content
    record Audience(byte[] head, List<SealMember> members, List<RecipientKey> devices) {}

    /// What is to be done about a refused letter, once everything sent after it has been refused as well.
    private enum Repair {
        NONE,
        SEAL_ANEW,
        CHAIN_ANEW,
        DROP
    }

    /// A letter that has not been answered yet.
    ///
    /// @param acknowledgedBefore the last place acknowledged on this connection before the letter was sent on it
    private record Waiting(Frame.Publish frame, Seal seal, long acknowledgedBefore) {
        long counter() {
            return frame.key().counter();
        }

        Waiting onAnotherConnection() {
            return new Waiting(frame, seal, 0);
        }
    }

    /// An answer, as far as it is one.
    ///
    /// @param acknowledged up to where acknowledgements came before the letter
    record Answered(long sequence, Placed placed, long acknowledged) {}

    private final Identity self;
    private final ConversationId conversation;
    private final Optional<Address> directWith;
    private final Instant signedAt;
    private final Consumer<String> fault;
    private final Deque<Waiting> unanswered = new ArrayDeque<>();
    /// Hashes of letters that were refused and then written anew, or not at all.
    private final Set<String> abandoned = new HashSet<>();

    private ChainId chain = ChainId.random(new SecureRandom());
    private @Nullable SealedEpoch epoch;
    private byte[] epochHead = {};
    private int sealedLetters;
    private long counter;
    private Optional<Frame.Publish> lastAnswered = Optional.empty();
    private @Nullable Placed lastPlaced;
    private int underWay;
    private Repair repair = Repair.NONE;
    private boolean anotherLog;
    private long published;
    private long retries;

    /// @param directWith empty in a room
    /// @param fault told what must never be, in words
    OwnLetters(
            Identity self,
            ConversationId conversation,
            Optional<Address> directWith,
            Instant signedAt,
            Consumer<String> fault) {
        this.self = self;
        this.conversation = conversation;
        this.directWith = directWith;
        this.signedAt = signedAt;
        this.fault = fault;
    }

    /// Whether the next letter can be written, rather than those that were refused.
    boolean ready() {
        return repair == Repair.NONE;
    }

    /// The next letter, which waits for its answer from here on.
    ///
    /// @param acknowledged the last place acknowledged on this connection
    Frame.Publish write(Audience audience, long acknowledged) throws EnvelopeException {
        SealedEpoch current = epoch;
        boolean first =
                current == null || sealedLetters == LETTERS_A_SEAL || !Arrays.equals(epochHead, audience.head());
        if (current == null || first) {
            current = new EnvelopeSealer(new SecureRandom())
                    .newEpoch(conversation, self.deviceId(), audience.head(), audience.members(), audience.devices());
            epoch = current;
            epochHead = audience.head();
            sealedLetters = 0;
        }
        sealedLetters++;
        counter++;
        byte[] text = ("letter " + counter + " of " + chain.hex()).getBytes(StandardCharsets.UTF_8);
        Letter letter = current.letter(self, ContentPurpose.CONTENT, chain, counter, text, signedAt);
        Frame.Publish frame =
                new Frame.Publish(first ? Optional.of(current.seal()) : Optional.empty(), letter, directWith);
        unanswered.add(new Waiting(frame, current.seal(), acknowledged));
        underWay++;
        return frame;
    }

    /// What a new connection begins with: what was not answered, as it was, and before it the last that was: the relay
    /// has to say again what it said.
    List<Frame.Publish> retry() {
        List<Waiting> again = List.copyOf(unanswered);
        unanswered.clear();
        again.forEach(waiting -> unanswered.add(waiting.onAnotherConnection()));
        retries += again.size();
        repair = Repair.NONE;
        List<Frame.Publish> frames = new ArrayList<>();
        lastAnswered.ifPresent(frames::add);
        for (Waiting waiting : again) {
            // A log that goes no further than a copy may lack the seal of an earlier letter.
            frames.add(
                    anotherLog
                            ? new Frame.Publish(
                                    Optional.of(waiting.seal()), waiting.frame().letter(), directWith)
                            : waiting.frame());
        }
        underWay = frames.size();
        return frames;
    }

    /// The relay says where a letter of ours is; empty if it said so before.
    Optional<Answered> answered(Frame.Published answer) {
        underWay--;
        anotherLog = false;
        if (lastAnswered.isPresent()
                && lastAnswered.get().key().counter() == answer.counter()
                && lastAnswered.get().key().chain().equals(answer.chain())) {
            if (lastPlaced == null || !lastPlaced.transcript().equals(answer.transcript())) {
                fault.accept("another answer to counter " + answer.counter() + " than before: " + answer);
            }
            return Optional.empty();
        }
        Waiting first = unanswered.peek();
        if (first == null
                || repair != Repair.NONE
                || first.counter() != answer.counter()
                || !answer.chain().equals(chain)) {
            fault.accept("an answer to what is not next: " + answer);
            return Optional.empty();
        }
        unanswered.remove();
        published++;
        lastAnswered = Optional.of(first.frame());
        lastPlaced = Placed.letter(first.frame().letter(), answer.transcript());
        return Optional.of(new Answered(answer.sequence(), lastPlaced, first.acknowledgedBefore()));
    }

    /// The relay has not taken a letter. Whatever was sent after it has a counter that does not follow.
    void refused(ProtocolError error, long refusedCounter, String detail) {
        underWay--;
        if (repair != Repair.NONE) {
            if (error != ProtocolError.COUNTER_OUT_OF_ORDER) {
                fault.accept("refused, behind a letter that was: " + error + ", " + detail);
            }
            return;
        }
        Waiting first = unanswered.peek();
        if (first == null || first.counter() != refusedCounter) {
            fault.accept("refused what is not next, " + refusedCounter + ": " + error + ", " + detail);
            return;
        }
        boolean room = directWith.isEmpty();
        if (room && error == ProtocolError.STALE_SEAL) {
            repair = Repair.SEAL_ANEW;
        } else if (room && error == ProtocolError.NOT_A_MEMBER) {
            repair = Repair.DROP;
        } else if (anotherLog && error == ProtocolError.COUNTER_OUT_OF_ORDER) {
            repair = Repair.CHAIN_ANEW;
        } else {
            fault.accept("refused: " + error + ", " + detail);
        }
    }

    /// Whether refused letters can be seen to now.
    boolean wantsRepair() {
        return repair != Repair.NONE && underWay == 0;
    }

    /// What was refused, written anew.
    ///
    /// @param audience empty for who does not belong to the room any longer, and writes no more
    List<Frame.Publish> repaired(Optional<Audience> audience) throws EnvelopeException {
        unanswered.forEach(
                waiting -> abandoned.add(waiting.frame().letter().hash().hex()));
        int count = unanswered.size();
        counter -= count;
        unanswered.clear();
        epoch = null;
        if (repair == Repair.CHAIN_ANEW) {
            chain = ChainId.random(new SecureRandom());
            counter = 0;
            anotherLog = false;
        }
        boolean dropped = repair == Repair.DROP || audience.isEmpty();
        repair = Repair.NONE;
        List<Frame.Publish> frames = new ArrayList<>();
        for (int i = 0; i < count && !dropped; i++) {
            frames.add(write(audience.orElseThrow(), 0));
        }
        return frames;
    }

    /// The relay has another log, which may lack letters, seals and counters of ours: what was not answered is sent
    /// once more as it was, and goes on another chain where the log does not know this one's counter.
    void begunAnotherLog() {
        anotherLog = true;
        lastAnswered = Optional.empty();
        epoch = null;
    }

    int unanswered() {
        return unanswered.size();
    }

    /// Our letters that have no answer yet.
    List<String> waiting() {
        return unanswered.stream()
                .map(waiting -> Placed.name(waiting.frame().letter().header()))
                .toList();
    }

    /// Hashes of letters that must never be in the log.
    Set<String> abandoned() {
        return abandoned;
    }

    /// How many have been answered.
    long published() {
        return published;
    }

    /// How many have been sent again on another connection.
    long retries() {
        return retries;
    }
}
