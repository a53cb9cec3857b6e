package org.chancery.client.store;

import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;

/// What a line of the [History] is found under, besides what it stands for. What people see as lines is under its
/// conversation; what changes another message is under that message, whether it is here already or not.
sealed interface Heading {
    /// A line of its own.
    record Shown(ConversationId conversation) implements Heading {}

    /// Other words for a text, from `by`: others' are never looked for.
    record Edits(ConversationId conversation, MessageReference target, Address by) implements Heading {}

    /// Such words that others have come after, kept to be handed on and to be forgotten with the message.
    record Overtaken(ConversationId conversation, MessageReference target, Address by) implements Heading {}

    /// That a message is to be forgotten, from `by`.
    record Deletions(ConversationId conversation, MessageReference target, Address by) implements Heading {}

    /// Everybody's reactions.
    record Reactions(ConversationId conversation, MessageReference target) implements Heading {}

    /// Nothing: it has had its effect.
    record Aside() implements Heading {}

    static Heading of(Line line) {
        Optional<Body> body = line.body();
        ConversationId conversation = line.conversation();
        if (body.isEmpty()) {
            return new Shown(conversation);
        }
        return switch (body.get()) {
            case Body.Edit edit -> new Edits(conversation, edit.target(), line.from());
            case Body.Delete delete -> new Deletions(conversation, delete.target(), line.from());
            case Body.Reaction reaction -> new Reactions(conversation, reaction.target());
            case Body.Said _ -> new Shown(conversation);
            case Body.Control _ -> new Aside();
        };
    }
}
