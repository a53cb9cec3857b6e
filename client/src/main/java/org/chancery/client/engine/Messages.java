package org.chancery.client.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.Standing;
import org.chancery.client.store.History;
import org.chancery.client.store.Line;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;

/// From what lies in the store to what is shown. For any thread.
final class Messages {
    /// Of somebody's edits of one message the newest count.
    private static final int MAX_EDITS = 256;

    private static final int MAX_QUOTE_LENGTH = 120;

    private final History history;
    private final Thefts thefts;

    Messages(History history, Thefts thefts) {
        this.history = history;
        this.thefts = thefts;
    }

    Message of(StoredLine stored) throws StoreException {
        Line line = stored.line();
        Optional<Body.Edit> edit = edit(stored);
        return new Message(
                stored.id(),
                line.conversation(),
                line.party().person(),
                line.from(),
                line.device(),
                line.mine(),
                edit.map(Body.Edit::text)
                        .or(() -> line.body().map(BodyWords::of))
                        .or(line::note)
                        .orElse(line.isForgotten() ? "(deleted)" : ""),
                line.body(),
                line.sentAt(),
                line.receivedAt(),
                line.sequence(),
                state(line),
                line.failure(),
                standing(stored, edit),
                changes(line));
    }

    private Optional<Body.Edit> edit(StoredLine stored) throws StoreException {
        if (stored.reference().isEmpty() || !(stored.line().body().orElse(null) instanceof Body.Text)) {
            return Optional.empty();
        }
        return Fold.lastEdit(history.edits(
                stored.line().conversation(),
                stored.reference().get(),
                stored.line().from(),
                MAX_EDITS));
    }

    private Standing standing(StoredLine stored, Optional<Body.Edit> edit) throws StoreException {
        Line line = stored.line();
        if (line.isForgotten()) {
            return new Standing(false, true, List.of(), Optional.empty());
        }
        List<Standing.Reacted> reactions = stored.reference().isPresent() && isShown(line)
                ? Fold.reactions(history.reactions(
                        line.conversation(), stored.reference().get(), Amending.MAX_REACTIONS))
                : List.of();
        Optional<MessageReference> replyTo =
                line.body().orElse(null) instanceof Body.Text text ? text.replyTo() : Optional.empty();
        Optional<Standing.Quote> answers =
                replyTo.isPresent() ? Optional.of(quote(line.conversation(), replyTo.get())) : Optional.empty();
        return new Standing(edit.isPresent(), false, reactions, answers, thefts.of(line));
    }

    private Standing.Quote quote(ConversationId conversation, MessageReference reference) throws StoreException {
        Optional<StoredLine> quoted = history.find(conversation, reference);
        if (quoted.isEmpty() || quoted.get().line().body().isEmpty()) {
            return new Standing.Quote.Absent();
        }
        String words = edit(quoted.get())
                .map(Body.Edit::text)
                .orElse(BodyWords.of(quoted.get().line().body().get()));
        return new Standing.Quote.Here(quoted.get().id(), quoted.get().line().from(), firstLine(words));
    }

    private static String firstLine(String words) {
        String first = words.strip().lines().findFirst().orElse("");
        if (first.length() <= MAX_QUOTE_LENGTH) {
            return first;
        }
        int end =
                Character.isHighSurrogate(first.charAt(MAX_QUOTE_LENGTH - 1)) ? MAX_QUOTE_LENGTH - 1 : MAX_QUOTE_LENGTH;
        return first.substring(0, end) + "…";
    }

    /// The message that this one is about, where it changes another and that is here.
    private OptionalLong changes(Line line) throws StoreException {
        Optional<StoredLine> found = line.body().orElse(null) instanceof Body.Relation relation
                ? history.find(line.conversation(), relation.target())
                : Optional.empty();
        return found.isPresent() ? OptionalLong.of(found.get().id()) : OptionalLong.empty();
    }

    private static boolean isShown(Line line) {
        return line.body().isPresent() && !(line.body().get() instanceof Body.Relation);
    }

    /// Whether it is something that others have said, or should have.
    static boolean isFromOthers(Line line) {
        return !line.mine() && state(line) != MessageState.NOTE;
    }

    private static MessageState state(Line line) {
        if (line.failure().isPresent()) {
            return MessageState.FAILED;
        }
        if (line.note().isPresent()) {
            return MessageState.NOTE;
        }
        if (!line.mine()) {
            return MessageState.RECEIVED;
        }
        return line.sequence().isPresent() ? MessageState.PUBLISHED : MessageState.QUEUED;
    }
}
