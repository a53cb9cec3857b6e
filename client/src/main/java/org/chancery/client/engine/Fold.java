package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.chat.Standing;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;

/// From what was said about a message to how it stands. Knows nothing but its arguments.
final class Fold {
    /// In the order of the relay's log; what has no place in it yet comes last, in the order in which it was written.
    static final Comparator<StoredLine> IN_ORDER = Comparator.<StoredLine>comparingLong(
                    line -> line.line().sequence().orElse(Long.MAX_VALUE))
            .thenComparingLong(StoredLine::id);

    /// One reaction of one person.
    private record Vote(Address by, String emoji) {}

    private Fold() {}

    /// The last words for a message.
    ///
    /// @param edits by its author; those that could not be sent count for nothing
    static Optional<Body.Edit> lastEdit(List<StoredLine> edits) {
        return edits.stream()
                .filter(Fold::counts)
                .sorted(IN_ORDER.reversed())
                .flatMap(edit -> edit.line().body().stream())
                .filter(Body.Edit.class::isInstance)
                .map(Body.Edit.class::cast)
                .findFirst();
    }

    /// Who reacts how: of everybody and each emoji, what was said last.
    static List<Standing.Reacted> reactions(List<StoredLine> reactions) {
        Map<Vote, Boolean> votes = new LinkedHashMap<>();
        reactions.stream().filter(Fold::counts).sorted(IN_ORDER).forEach(stored -> {
            if (stored.line().body().orElse(null) instanceof Body.Reaction reaction) {
                votes.put(new Vote(stored.line().from(), reaction.emoji()), !reaction.takenBack());
            }
        });
        Map<String, List<Address>> people = new LinkedHashMap<>();
        votes.forEach((vote, stands) -> {
            if (stands) {
                people.computeIfAbsent(vote.emoji(), _ -> new ArrayList<>()).add(vote.by());
            }
        });
        List<Standing.Reacted> reacted = new ArrayList<>();
        people.forEach((emoji, by) -> reacted.add(new Standing.Reacted(emoji, by)));
        return reacted;
    }

    private static boolean counts(StoredLine stored) {
        return stored.line().failure().isEmpty() && !stored.line().isForgotten();
    }
}
