package org.chancery.dist.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.chancery.dist.simulation.Attack.By;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Deliver;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.TranscriptHash;

/// What a relay can do with letters as they are: drop, delay, repeat, refuse, and what it says of each.
final class RelayAttacks {
    /// The letter that is meddled with: the second of three.
    static final long VICTIM = 2;

    private RelayAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        all.add(delivering(
                "drops a letter",
                new Outcome.Named("MISSING", "a message of alice@lab.example is missing"),
                frame -> isVictim(frame) ? List.of() : List.of(frame)));
        all.add(delivering(
                "delivers every letter twice",
                new Outcome.Nothing(),
                frame -> frame instanceof Deliver ? List.of(frame, frame) : List.of(frame)));
        all.add(held(
                "delivers two letters in another order",
                new Outcome.Named("MISSING", "a message of alice@lab.example is missing"),
                false));
        all.add(held("delivers a letter once more behind the next", new Outcome.Nothing(), true));
        all.add(repeated());
        all.add(taking(
                "keeps a letter to itself",
                new Outcome.Waits(),
                frame -> frame instanceof Frame.Publish publish && isVictim(publish) ? List.of() : List.of(frame)));
        all.add(refusing("refuses a letter", ProtocolError.NOT_AUTHORISED, "the relay did not take the message"));
        all.add(refusing(
                "says for ever that a seal is outdated",
                ProtocolError.STALE_SEAL,
                "the relay and this client do not agree on the devices"));
        all.add(saying(
                "says that it took a letter an hour later",
                named("TIME_MISMATCH", "signed more than five minutes from when"),
                it -> at(it, Duration.ofHours(1))));
        all.add(saying(
                "says that it took a letter before its sender had a certificate",
                named("SENDER_REFUSED", "certificate was not valid when"),
                it -> at(it, Duration.ofHours(-1))));
        all.add(saying(
                "says that a letter is from somebody else",
                named("SENDER_MISMATCH", "not from whom the relay says"),
                it -> new Deliver(
                        it.conversation(),
                        it.sequence(),
                        it.acceptedAt(),
                        it.transcript(),
                        it.envelopeDer(),
                        new Address("mallory@lab.example"))));
        all.add(saying(
                "shows another transcript",
                named("TRANSCRIPT_MISMATCH", "shows this conversation differently than before"),
                it -> shown(it, it.sequence(), Digest.over(it.envelopeDer()))));
        all.add(saying(
                "shows no transcript",
                named("TRANSCRIPT_MISMATCH", "shows this conversation differently than before"),
                it -> shown(it, it.sequence(), Digest.NONE)));
        all.add(saying(
                "leaves places out",
                new Outcome.Named("MISSING", "7 places of the relay's record were not delivered"),
                it -> shown(it, it.sequence() + 7, it.transcript())));
        all.add(saying(
                "delivers into another conversation",
                named("WRONG_CONVERSATION", "delivered into another conversation"),
                it -> new Deliver(
                        new ConversationId("ab".repeat(32)),
                        it.sequence(),
                        it.acceptedAt(),
                        it.transcript(),
                        it.envelopeDer(),
                        it.from())));
        return all;
    }

    static Outcome named(String failure, String words) {
        return new Outcome.Named(failure, words);
    }

    static boolean isVictim(Frame frame) {
        return frame instanceof Deliver deliver && deliver.sequence() == VICTIM;
    }

    static boolean isVictim(Frame.Publish publish) {
        return publish.letter().header().counter() == VICTIM
                && publish.directWith().isPresent();
    }

    private static Attack delivering(String what, Outcome outcome, Function<Frame, List<Frame>> change) {
        return new Attack(By.RELAY, what, Script.TALK, stage -> stage.relay().delivers(stage.bob, change), outcome);
    }

    private static Attack taking(String what, Outcome outcome, Function<Frame, List<Frame>> change) {
        return new Attack(By.RELAY, what, Script.TALK, stage -> stage.relay().takes(stage.alice, change), outcome);
    }

    /// Says something else of the victim.
    static Attack saying(String what, Outcome outcome, UnaryOperator<Deliver> change) {
        return delivering(
                what, outcome, frame -> isVictim(frame) ? List.of(change.apply((Deliver) frame)) : List.of(frame));
    }

    private static Deliver at(Deliver it, Duration later) {
        return new Deliver(
                it.conversation(),
                it.sequence(),
                it.acceptedAt().plus(later),
                it.transcript(),
                it.envelopeDer(),
                it.from());
    }

    private static Deliver shown(Deliver it, long sequence, Digest transcript) {
        return new Deliver(it.conversation(), sequence, it.acceptedAt(), transcript, it.envelopeDer(), it.from());
    }

    /// Keeps the victim until the next letter has gone by.
    ///
    /// @param twice whether it was delivered in time as well
    private static Attack held(String what, Outcome outcome, boolean twice) {
        return new Attack(
                By.RELAY,
                what,
                Script.TALK,
                stage -> {
                    List<Frame> kept = new ArrayList<>();
                    stage.relay().delivers(stage.bob, frame -> {
                        if (isVictim(frame) && kept.isEmpty()) {
                            kept.add(frame);
                            return twice ? List.of(frame) : List.of();
                        }
                        boolean later = frame instanceof Deliver deliver && deliver.sequence() > VICTIM;
                        return later && !kept.isEmpty() ? List.of(frame, kept.getFirst()) : List.of(frame);
                    });
                },
                outcome);
    }

    /// The first letter again at the end, as though it were a new one: with the next place and the right transcript.
    private static Attack repeated() {
        return new Attack(
                By.RELAY,
                "delivers an old letter as the newest",
                Script.TALK,
                stage -> {
                    List<Deliver> first = new ArrayList<>();
                    stage.relay().delivers(stage.bob, frame -> {
                        if (!(frame instanceof Deliver deliver)) {
                            return List.of(frame);
                        }
                        first.add(deliver);
                        if (deliver.sequence() <= VICTIM) {
                            return List.of(frame);
                        }
                        Deliver old = first.getFirst();
                        long place = deliver.sequence() + 1;
                        Digest transcript = TranscriptHash.next(deliver.transcript(), place, LetterForge.hash(old));
                        return List.of(
                                frame,
                                new Deliver(
                                        old.conversation(),
                                        place,
                                        deliver.acceptedAt(),
                                        transcript,
                                        old.envelopeDer(),
                                        old.from()));
                    });
                },
                new Outcome.Nothing());
    }

    /// Refuses the victim, each time that it comes.
    private static Attack refusing(String what, ProtocolError error, String words) {
        return new Attack(
                By.RELAY,
                what,
                Script.TALK,
                stage -> stage.relay().takes(stage.alice, frame -> {
                    if (frame instanceof Frame.Publish publish && isVictim(publish)) {
                        stage.alice.link().hear(Frame.Refused.letter(publish.key(), error, "says the relay"));
                        return List.of();
                    }
                    return List.of(frame);
                }),
                new Outcome.Unsent(words));
    }
}
