package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.Origin;
import org.chancery.client.store.OutboxEntry;
import org.chancery.client.store.Party;
import org.chancery.client.store.SealedLetter;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame.Published;

/// The steps that a message of one's own takes in the store: queued, sealed, taken by the relay, or failed. Each is one
/// commit, told after it.
final class Postbox {
    private final Desk desk;
    private final Overview overview;
    private final Titles titles;
    private final Amending amending;
    private final Transcript transcript;

    Postbox(Desk desk, Overview overview, Titles titles, Amending amending) {
        this.desk = desk;
        this.overview = overview;
        this.titles = titles;
        this.amending = amending;
        this.transcript = new Transcript(desk.store().conversations());
    }

    /// What is not confirmed yet, oldest first.
    List<OutboxEntry> entries() throws StoreException {
        return desk.store().outbox().entries();
    }

    StoredLine line(OutboxEntry entry) throws StoreException {
        return desk.store()
                .history()
                .find(entry.message())
                .orElseThrow(() -> new IllegalStateException("message " + entry.message() + " of the outbox is gone"));
    }

    Conversation conversation(OutboxEntry entry) throws StoreException {
        return desk.conversation(line(entry).line().party());
    }

    /// A message is written. It waits for its turn from now on.
    OutboxEntry queue(Party to, Body body) throws StoreException {
        Line line =
                Line.written(to, desk.self(), desk.device(), body, desk.clock().instant());
        List<Amending.Effect> made = new ArrayList<>();
        desk.store().commit(() -> {
            desk.store().conversations().put(desk.conversation(to));
            StoredLine stored = desk.store()
                    .history()
                    .add(draft(), line)
                    .orElseThrow(() -> new IllegalStateException("a random draft exists already"));
            desk.store().outbox().put(new OutboxEntry(stored.id(), List.of()));
            titles.said(to, desk.self(), body);
            made.add(amending.entered(stored));
        });
        Amending.Effect effect = made.getFirst();
        overview.stored(effect.stored());
        overview.changed(effect);
        amending.scrub(desk.store());
        return new OutboxEntry(effect.stored().id(), List.of());
    }

    /// There is a letter to publish.
    OutboxEntry sealed(OutboxEntry entry, SealedLetter letter, byte[] signedDataDer) throws StoreException {
        StoredLine text = line(entry);
        OutboxEntry ready = entry.with(letter);
        Optional<SealedLetter> earlier = entry.newest();
        desk.store().commit(() -> {
            if (earlier.isPresent()) {
                desk.store().setAside().put(text, earlier.get().letter().hash());
            }
            desk.store().history().replace(origin(letter.letter().header()), text);
            desk.store().history().addEvidence(text, signedDataDer);
            desk.store().outbox().put(ready);
        });
        return ready;
    }

    /// Every letter of it is void. Another is to be sealed, in `conversation` as it is from now on.
    OutboxEntry unsigned(OutboxEntry entry, Conversation conversation) throws StoreException {
        desk.store().commit(() -> desk.store().setAside().drop(entry));
        return unsealed(entry, new OutboxEntry(entry.message(), List.of()), conversation);
    }

    /// The newest letter is void. Another is to be sealed, in `conversation` as it is from now on.
    OutboxEntry unsealed(OutboxEntry entry, Conversation conversation) throws StoreException {
        return unsealed(entry, entry.withoutNewest(), conversation);
    }

    private OutboxEntry unsealed(OutboxEntry entry, OutboxEntry unsealed, Conversation conversation)
            throws StoreException {
        StoredLine text = line(entry);
        desk.store().commit(() -> {
            desk.store().conversations().put(conversation);
            desk.store().history().replace(draft(), text);
            desk.store().outbox().put(unsealed);
        });
        return unsealed;
    }

    /// The newest letter is void, and an earlier one counts again.
    OutboxEntry earlier(OutboxEntry entry) throws StoreException {
        OutboxEntry earlier = entry.withoutNewest();
        SealedLetter counts = earlier.newest().orElseThrow();
        StoredLine text = line(entry);
        desk.store().commit(() -> {
            desk.store().setAside().takeBack(text, counts.letter().hash());
            desk.store().outbox().put(earlier);
        });
        return earlier;
    }

    /// The relay has the newest letter durably, at a place that it names.
    void published(OutboxEntry entry, Published answer) throws StoreException {
        SealedLetter sealed = entry.newest().orElseThrow();
        Digest letter = sealed.letter().hash();
        StoredLine text = line(entry);
        StoredLine published = text.with(text.line().published(answer.sequence()));
        Conversation conversation = conversation(entry);
        if (transcript.judge(
                        conversation, answer.sequence(), letter, answer.transcript(), _ -> Optional.empty(), List.of())
                instanceof Transcript.Finding.Contradiction) {
            desk.problems()
                    .tell(
                            ProblemKind.RELAY_INCONSISTENT,
                            overview.title(conversation.party()) + ": " + LetterFailure.TRANSCRIPT_MISMATCH.clause());
        }
        List<StoredLine> told = new ArrayList<>();
        desk.store().commit(() -> {
            desk.store().setAside().drop(entry);
            StoredLine placed =
                    desk.store().history().replace(origin(sealed.letter().header()), published);
            if (placed.line().body().filter(Originals::areIn).isPresent()) {
                desk.store().history().forget(placed); // the original is kept already
            } else {
                told.add(placed);
            }
            desk.store().outbox().remove(text.id());
            desk.store()
                    .conversations()
                    .put(transcript
                            .remember(conversation, answer.sequence(), answer.transcript())
                            .wrote(letter));
        });
        for (StoredLine placed : told) {
            overview.changed(placed);
            overview.changed(amending.about(placed));
        }
    }

    /// It will not be sent.
    void failed(OutboxEntry entry, String sentence) throws StoreException {
        StoredLine text = line(entry);
        boolean deleted = text.line().isForgotten();
        StoredLine failed = deleted ? text : text.with(text.line().failed(sentence));
        desk.store().commit(() -> {
            desk.store().setAside().drop(entry);
            // As a draft again: its number on the chain is free for the next letter.
            desk.store().history().replace(draft(), failed);
            desk.store().outbox().remove(text.id());
        });
        overview.changed(failed);
        Optional<StoredLine> about = amending.about(failed);
        overview.changed(about);
        if (about.isPresent() && !deleted) {
            desk.problems().tell(ProblemKind.NOT_DONE, "a message stays as it is: " + sentence);
        }
    }

    private Origin draft() {
        return new Origin.Draft(new UUID(desk.random().nextLong(), desk.random().nextLong()));
    }

    private static Origin origin(LetterHeader header) {
        return new Origin.Letter(header.sender(), header.chain(), header.counter());
    }
}
