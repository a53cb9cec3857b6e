package org.chancery.client.engine;

import org.chancery.client.chat.Event;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.store.Line;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;

/// What letters do that are no lines of a conversation: somebody has read, asks for something again, hands
/// something on, or tells one's other devices something. Part of the commit of the letter.
final class Asides {
    private final Desk desk;
    private final Asking asking;
    private final HandedOn handedOn;
    private final OwnNotes ownNotes;

    Asides(Desk desk, Asking asking, HandedOn handedOn, OwnNotes ownNotes) {
        this.desk = desk;
        this.asking = asking;
        this.handedOn = handedOn;
        this.ownNotes = ownNotes;
    }

    /// Takes what a letter says that has been stored at `place`.
    void said(StoredLine stored, Place place, Telling telling) throws StoreException {
        Line line = stored.line();
        if (line.body().isEmpty()) {
            return;
        }
        switch (line.body().get()) {
            case Body.ReadNote note -> read(line, note, place, telling);
            case Body.Ask ask -> asking.asked(line, ask);
            case Body.Resend resend -> {
                asking.answered(line.party(), handedOn.take(line, resend, place, telling), telling);
                // What was handed on is kept where it belongs, or is nothing to keep.
                desk.store().history().forget(stored);
            }
            case Body.History history -> {
                if (isAmongOwn(line)) {
                    refused(handedOn.takeHistory(history, telling), telling);
                }
                desk.store().history().forget(stored); // likewise
            }
            case Body.Sync sync -> {
                if (isAmongOwn(line)) {
                    ownNotes.take(sync, telling);
                }
            }
            case Body.Said _ -> {}
        }
    }

    private void refused(int letters, Telling telling) {
        if (letters > 0) {
            telling.then(
                    () -> desk.problems()
                            .tell(
                                    ProblemKind.LETTER_NOT_ACCEPTED,
                                    letters
                                            + " messages of your history cannot be verified on this device, and are not shown"));
        }
    }

    /// Nobody has read what came later than the note that says so.
    private void read(Line line, Body.ReadNote note, Place place, Telling telling) throws StoreException {
        Address reader = line.from();
        if (note.upTo() < place.sequence()
                && desk.store().readMarks().raise(line.conversation(), reader, note.upTo())
                && !line.mine()) {
            telling.happened(new Event.ReadBy(line.party(), reader, note.upTo()));
        }
    }

    private boolean isAmongOwn(Line line) {
        return handedOn.isAmongOwn(line.from(), line.party());
    }
}
