package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;

/// Says what a person says about a message: an answer to it, other words for it, that it be forgotten, a reaction. What
/// cannot be said is told as a problem, and nothing happens.
final class Remarks {
    private final Desk desk;
    private final Circle circle;
    private final Outgoing outgoing;

    Remarks(Desk desk, Circle circle, Outgoing outgoing) {
        this.desk = desk;
        this.circle = circle;
        this.outgoing = outgoing;
    }

    /// Says something in a conversation, where `@` and an address of its people stand for them.
    void text(Party to, String text) throws StoreException {
        outgoing.say(to, new Body.Text(text, Mentions.in(text, circle.people(to)), Optional.empty()));
    }

    void reply(long message, String text) throws StoreException {
        Optional<StoredLine> target = known(message);
        if (target.isPresent()) {
            Party to = target.get().line().party();
            outgoing.say(
                    to,
                    new Body.Text(
                            text,
                            Mentions.in(text, circle.people(to)),
                            target.get().reference()));
        }
    }

    void edit(long message, String text) throws StoreException {
        Optional<StoredLine> target = known(message);
        if (target.isEmpty()) {
            return;
        }
        Line line = target.get().line();
        if (!line.mine() || !(line.body().orElse(null) instanceof Body.Text)) {
            refuse("only one's own words can be changed");
            return;
        }
        outgoing.say(
                line.party(),
                new Body.Edit(reference(target.get()), text, Mentions.in(text, circle.people(line.party()))));
    }

    void delete(long message) throws StoreException {
        Optional<StoredLine> target = known(message);
        if (target.isEmpty()) {
            return;
        }
        if (!target.get().line().mine()) {
            refuse("only one's own messages can be deleted");
            return;
        }
        outgoing.say(target.get().line().party(), new Body.Delete(reference(target.get())));
    }

    void react(long message, String emoji, boolean takenBack) throws StoreException {
        Optional<StoredLine> target = known(message);
        if (target.isPresent()) {
            outgoing.say(target.get().line().party(), new Body.Reaction(reference(target.get()), emoji, takenBack));
        }
    }

    /// Whether a message says something, and others know it.
    static boolean isKnown(StoredLine stored) {
        return obstacle(stored).isEmpty();
    }

    /// A message that others can know: it is here, says something, and the relay has it.
    private Optional<StoredLine> known(long message) throws StoreException {
        Optional<StoredLine> found = desk.store().history().find(message);
        Optional<String> obstacle =
                found.isPresent() ? obstacle(found.get()) : Optional.of("there is no message " + message);
        if (obstacle.isPresent()) {
            refuse(obstacle.get());
            return Optional.empty();
        }
        return found;
    }

    /// Why nothing can be said about a message.
    private static Optional<String> obstacle(StoredLine stored) {
        Body body = stored.line().body().orElse(null);
        if (body instanceof Body.Relation) {
            return Optional.of("there is no message " + stored.id());
        }
        if (!(body instanceof Body.Said)) {
            return Optional.of("message " + stored.id() + " says nothing that could be answered or changed");
        }
        if (stored.reference().isEmpty() || stored.line().sequence().isEmpty()) {
            return Optional.of("message " + stored.id() + " has not been sent, so nobody knows it yet");
        }
        return Optional.empty();
    }

    private static MessageReference reference(StoredLine stored) {
        return stored.reference().orElseThrow();
    }

    private void refuse(String sentence) {
        desk.problems().refuse(sentence);
    }
}
