package org.chancery.dist.relay;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.TranscriptHash;
import org.jspecify.annotations.Nullable;

/// One device's side of one conversation: what it wrote, what of it was answered, and what it was brought, each held to
/// what must never be. It outlives connections and relays, as a client's store does. Not thread safe.
final class Correspondence {
    /// Letters under one seal: so few that seals are made, lost and sent again under the kills as well.
    private static final int LETTERS_A_SEAL = 40;

    /// A letter at its place.
    ///
    /// @param letter of its sender's chain: who, which chain, which counter
    @SuppressWarnings("ArrayRecordComponent") // compared by content, in `same`
    record Placed(String letter, byte[] hash, byte[] transcript) {
        boolean same(Placed other) {
            return letter.equals(other.letter)
                    && Arrays.equals(hash, other.hash)
                    && Arrays.equals(transcript, other.transcript);
        }
    }

    /// A letter that has not been answered yet.
    private static final class Waiting {
        private final Frame.Publish frame;
        /// The last place acknowledged on this connection before the letter was sent on it: once the letter is
        /// answered, that is durable too, for it came first.
        private long acknowledgedBefore;

        private Waiting(Frame.Publish frame) {
            this.frame = frame;
        }
    }

    private final Identity self;
    private final Address other;
    private final ConversationId conversation;
    private final List<X509Certificate> readers;
    private final Instant signedAt;
    private final Consumer<String> fault;
    private final ChainId chain = ChainId.random(new SecureRandom());
    private final Deque<Waiting> unanswered = new ArrayDeque<>();
    private final NavigableMap<Long, Placed> log = new TreeMap<>();
    private @Nullable SealedEpoch epoch;
    private int sealedLetters;
    private long counter;
    private Optional<Frame.Publish> lastAnswered = Optional.empty();
    private long brought;
    private long acknowledged;
    private long durablyAcknowledged;
    private long again;
    private long retries;

    /// Between two.
    ///
    /// @param fault told what must never be, in words
    Correspondence(Identity self, Identity other, Instant signedAt, Consumer<String> fault) throws Exception {
        this.self = self;
        this.other = other.address();
        this.conversation = ConversationId.direct(self.address(), this.other);
        this.readers = List.of(other.chain().leaf());
        this.signedAt = signedAt;
        this.fault = what -> fault.accept(name() + ": " + what);
    }

    private String name() {
        return self.deviceId().hex().substring(0, 6) + " in "
                + conversation.hex().substring(0, 6);
    }

    ConversationId conversation() {
        return conversation;
    }

    /// The next letter, which waits for its answer from here on.
    Frame.Publish write() throws EnvelopeException {
        SealedEpoch current = epoch;
        boolean first = current == null || sealedLetters == LETTERS_A_SEAL;
        if (current == null || first) {
            current = new EnvelopeSealer(new SecureRandom())
                    .newEpoch(conversation, self.deviceId(), List.of(address(), other), readers);
            epoch = current;
            sealedLetters = 0;
        }
        sealedLetters++;
        counter++;
        byte[] text = ("letter " + counter + " of " + chain.hex()).getBytes(StandardCharsets.UTF_8);
        Letter letter = current.letter(self, ContentPurpose.CONTENT, chain, counter, text, signedAt);
        Frame.Publish frame =
                new Frame.Publish(first ? Optional.of(current.seal()) : Optional.empty(), letter, Optional.of(other));
        Waiting waiting = new Waiting(frame);
        waiting.acknowledgedBefore = acknowledged;
        unanswered.add(waiting);
        return frame;
    }

    private Address address() {
        try {
            return self.address();
        } catch (Exception e) {
            throw new IllegalStateException("everybody here has an address", e);
        }
    }

    /// What a new connection begins with: what was not answered, as it was, and before it the last that was: the relay
    /// has to say again what it said.
    List<Frame.Publish> retry() {
        acknowledged = 0;
        retries += unanswered.size();
        unanswered.forEach(waiting -> waiting.acknowledgedBefore = 0);
        List<Frame.Publish> frames = new ArrayList<>();
        lastAnswered.ifPresent(frames::add);
        unanswered.forEach(waiting -> frames.add(waiting.frame));
        return frames;
    }

    int unanswered() {
        return unanswered.size();
    }

    /// The relay says where a letter of ours is.
    void answered(Frame.Published answer) {
        if (lastAnswered.isPresent() && lastAnswered.get().key().counter() == answer.counter()) {
            Placed before = log.get(answer.sequence());
            if (before == null || !Arrays.equals(before.transcript(), answer.transcript())) {
                fault.accept("another answer to counter " + answer.counter() + " than before: " + answer);
            }
            return;
        }
        Waiting first = unanswered.peek();
        if (first == null
                || first.frame.key().counter() != answer.counter()
                || !answer.chain().equals(chain)) {
            fault.accept("an answer to what is not next: " + answer);
            return;
        }
        unanswered.remove();
        lastAnswered = Optional.of(first.frame);
        durablyAcknowledged = Math.max(durablyAcknowledged, first.acknowledgedBefore);
        Letter letter = first.frame.letter();
        place(answer.sequence(), placed(letter, answer.transcript()));
    }

    /// The relay brings a letter.
    ///
    /// @return whether it is new
    boolean brought(Frame.Deliver delivery) {
        Letter letter;
        try {
            letter = EnvelopeStapler.parse(delivery.envelopeDer()).letter();
        } catch (MalformedEnvelopeException e) {
            fault.accept("brought what is no letter: " + e);
            return false;
        }
        if (letter.header().sender().equals(self.deviceId())) {
            fault.accept("brought what it wrote itself: " + delivery);
        }
        if (delivery.sequence() <= durablyAcknowledged) {
            fault.accept("brought again, though acknowledged for good up to " + durablyAcknowledged + ": " + delivery);
        }
        boolean isNew = !log.containsKey(delivery.sequence());
        if (isNew && delivery.sequence() < brought) {
            fault.accept("out of order, after " + brought + ": " + delivery);
        }
        if (!isNew) {
            again++;
        }
        place(delivery.sequence(), placed(letter, delivery.transcript()));
        brought = Math.max(brought, delivery.sequence());
        return isNew;
    }

    /// Everything so far, to be acknowledged.
    Frame.Acknowledge acknowledge() {
        acknowledged = brought;
        return new Frame.Acknowledge(conversation, brought);
    }

    boolean owesAcknowledgement() {
        return brought > acknowledged;
    }

    private void place(long sequence, Placed placed) {
        Placed before = log.putIfAbsent(sequence, placed);
        if (before != null && !before.same(placed)) {
            fault.accept("two letters at place " + sequence + ": " + before.letter() + " and " + placed.letter());
        }
    }

    private static Placed placed(Letter letter, byte[] transcript) {
        return new Placed(name(letter.header()), letter.hash(), transcript);
    }

    /// A letter, by what makes it the same one: device, chain and counter.
    static String name(LetterHeader header) {
        return header.sender().hex() + " " + header.chain().hex() + " " + header.counter();
    }

    /// What is known of the conversation, by place.
    NavigableMap<Long, Placed> log() {
        return log;
    }

    /// Our letters that have no answer yet.
    List<String> waiting() {
        return unanswered.stream()
                .map(waiting -> name(waiting.frame.letter().header()))
                .toList();
    }

    /// The highest place known.
    long head() {
        return log.isEmpty() ? 0 : log.lastKey();
    }

    /// Deliveries of what was there already, and letters sent again.
    long deliveredAgain() {
        return again;
    }

    long retries() {
        return retries;
    }

    /// How many letters it wrote.
    long written() {
        return counter;
    }

    /// Holds the log to what it says of itself: every place is taken, no letter has two, and the transcript is the one
    /// of these letters in this order. Only where nothing is unanswered or under way.
    void checkWhole() {
        byte[] transcript = TranscriptHash.start();
        long expected = 1;
        Set<String> letters = new HashSet<>();
        for (var entry : log.entrySet()) {
            if (entry.getKey() != expected) {
                fault.accept("nothing at place " + expected + ", the next is " + entry.getKey());
                return;
            }
            Placed placed = entry.getValue();
            if (!letters.add(placed.letter())) {
                fault.accept("twice in the conversation: " + placed.letter());
            }
            transcript = TranscriptHash.next(transcript, expected, placed.hash());
            if (!Arrays.equals(transcript, placed.transcript())) {
                fault.accept("the transcript at place " + expected + " is not that of the letters up to it");
                return;
            }
            expected++;
        }
        for (long own = 1; own <= counter; own++) {
            String letter = self.deviceId().hex() + " " + chain.hex() + " " + own;
            if (!letters.contains(letter)) {
                fault.accept("not in the conversation: " + letter);
            }
        }
    }
}
