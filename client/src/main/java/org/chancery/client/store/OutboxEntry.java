package org.chancery.client.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A message of one's own that the relay has not confirmed yet.
///
/// @param message the id of its line in the [History], which holds the text
/// @param letters those of which the relay may have one, oldest first, all with the same number; none before the first
///     attempt, and seldom more than one
public record OutboxEntry(long message, List<SealedLetter> letters) {
    public OutboxEntry {
        letters = List.copyOf(letters);
    }

    /// The letter to publish, once there is one.
    public Optional<SealedLetter> newest() {
        return letters.isEmpty() ? Optional.empty() : Optional.of(letters.getLast());
    }

    /// The same, with one more letter.
    public OutboxEntry with(SealedLetter letter) {
        List<SealedLetter> more = new ArrayList<>(letters);
        more.add(letter);
        return new OutboxEntry(message, more);
    }

    /// The same, without the newest letter: the relay has refused it.
    public OutboxEntry withoutNewest() {
        return new OutboxEntry(message, letters.subList(0, letters.size() - 1));
    }
}
