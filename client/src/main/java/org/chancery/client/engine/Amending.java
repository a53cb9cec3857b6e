package org.chancery.client.engine;

import java.util.List;
import java.util.Optional;
import org.chancery.client.store.History;
import org.chancery.client.store.Line;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;

/// What edits, deletions and reactions do to the messages they are about, in whichever order the two come. For the
/// engine's thread, within a commit.
///
/// An edit and a deletion count from the address that wrote the message, and are not looked for from others.
final class Amending {
    /// Of one message; beyond it reactions are kept and not shown.
    static final int MAX_REACTIONS = 1_024;

    /// Of one person to one message.
    static final int MAX_REACTIONS_OF_ONE = 8;

    /// The same, those taken back included: they must stay, for what they take back may come later.
    private static final int MAX_LINES_OF_ONE = 64;

    /// Of one message by its author, that none has overtaken yet: mostly one, and what is not in the log.
    private static final int MAX_EDITS = 256;

    private final History history;
    private boolean forgot;

    Amending(History history) {
        this.history = history;
    }

    /// Gives a line that has just been stored its effect on others, and others theirs on it.
    ///
    /// @return the line as it is stored now, or the message that is another than before because of it
    Effect entered(StoredLine stored) throws StoreException {
        Optional<Body> body = stored.line().body();
        if (body.isEmpty()) {
            return Effect.none(stored);
        }
        return switch (body.get()) {
            case Body.Edit edit -> edited(stored, edit);
            case Body.Delete delete -> new Effect(stored, deleted(stored, delete));
            case Body.Reaction reaction -> new Effect(stored, reacted(stored, reaction));
            case Body.Said _ -> Effect.none(awaited(stored));
            case Body.Control _ -> Effect.none(stored);
        };
    }

    /// @param stored the line that came, as it is stored now
    /// @param changed the message that is another because of it
    record Effect(StoredLine stored, Optional<StoredLine> changed) {
        static Effect none(StoredLine stored) {
            return new Effect(stored, Optional.empty());
        }
    }

    /// A deletion may have come before what it deletes.
    private StoredLine awaited(StoredLine stored) throws StoreException {
        Line line = stored.line();
        if (stored.reference().isEmpty()
                || !history.isDeleted(line.conversation(), stored.reference().get(), line.from())) {
            return stored;
        }
        return forget(stored);
    }

    private Effect edited(StoredLine stored, Body.Edit edit) throws StoreException {
        if (history.isDeleted(
                stored.line().conversation(), edit.target(), stored.line().from())) {
            return Effect.none(forget(stored)); // of a message that is to be forgotten
        }
        overtake(stored, edit);
        Optional<StoredLine> target = target(stored, edit.target())
                .filter(found ->
                        isBy(found, stored.line().from()) && found.line().body().orElse(null) instanceof Body.Text);
        return new Effect(stored, target);
    }

    /// Of the edits that are in the log the last stays: whoever shows the message must not read all that there were.
    /// What is not in it yet may never be.
    private void overtake(StoredLine stored, Body.Edit edit) throws StoreException {
        List<StoredLine> logged =
                history
                        .edits(
                                stored.line().conversation(),
                                edit.target(),
                                stored.line().from(),
                                MAX_EDITS)
                        .stream()
                        .filter(one -> one.line().sequence().isPresent())
                        .sorted(Fold.IN_ORDER)
                        .toList();
        for (StoredLine earlier : logged.subList(0, Math.max(0, logged.size() - 1))) {
            history.overtake(earlier, edit.target());
        }
    }

    private Optional<StoredLine> deleted(StoredLine stored, Body.Delete delete) throws StoreException {
        Optional<StoredLine> target = target(stored, delete.target())
                .filter(found -> isBy(found, stored.line().from()));
        ConversationId conversation = stored.line().conversation();
        history.lookAtEdits(conversation, delete.target(), stored.line().from(), edit -> {
            if (!edit.line().isForgotten()) {
                forget(edit);
            }
        });
        return target.isPresent() ? Optional.of(forget(target.get())) : target;
    }

    private StoredLine forget(StoredLine stored) throws StoreException {
        forgot = true;
        return history.forget(stored);
    }

    /// What a person said before of the same emoji is overtaken, and more than a few are too many.
    private Optional<StoredLine> reacted(StoredLine stored, Body.Reaction reaction) throws StoreException {
        List<StoredLine> all = history.reactions(stored.line().conversation(), reaction.target(), MAX_REACTIONS + 1);
        long standing = 0;
        long ofOne = 0;
        for (StoredLine one : all) {
            boolean same = one.id() != stored.id() && isBy(one, stored.line().from());
            if (same && one.line().body().orElse(null) instanceof Body.Reaction earlier) {
                if (earlier.emoji().equals(reaction.emoji())) {
                    history.setAside(Fold.IN_ORDER.compare(one, stored) < 0 ? one : stored);
                } else {
                    standing += earlier.takenBack() ? 0 : 1;
                    ofOne++;
                }
            }
        }
        boolean tooMany = !reaction.takenBack() && standing >= MAX_REACTIONS_OF_ONE;
        if (tooMany || ofOne >= MAX_LINES_OF_ONE || all.size() > MAX_REACTIONS) {
            history.setAside(stored);
        }
        return target(stored, reaction.target());
    }

    private Optional<StoredLine> target(StoredLine stored, MessageReference target) throws StoreException {
        return history.find(stored.line().conversation(), target);
    }

    private static boolean isBy(StoredLine stored, Address author) {
        return stored.line().from().equals(author);
    }

    /// The message that a line is about, where it changes one that is here.
    Optional<StoredLine> about(StoredLine stored) throws StoreException {
        return stored.line().body().orElse(null) instanceof Body.Relation relation
                ? target(stored, relation.target())
                : Optional.empty();
    }

    /// After a commit: sees to it that what was forgotten is in no file any more.
    void scrub(MessageStore store) throws StoreException {
        if (forgot) {
            forgot = false;
            store.scrub();
        }
    }
}
