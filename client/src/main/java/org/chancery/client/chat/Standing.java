package org.chancery.client.chat;

import java.util.List;
import java.util.Optional;
import org.chancery.pki.name.Address;

/// How a message stands now, after all that came about it.
///
/// @param edited whether the words are others than at first
/// @param deleted whether it was deleted by its author: nothing of it is kept
/// @param reactions each once, in the order in which they came up
/// @param answers what it replies to
/// @param doubt what the theft of its sender's key casts on it
public record Standing(
        boolean edited, boolean deleted, List<Reacted> reactions, Optional<Quote> answers, Optional<Doubt> doubt) {
    /// Of a message to which nothing has happened.
    public static final Standing PLAIN = new Standing(false, false, List.of(), Optional.empty());

    /// The people who react in one way.
    public record Reacted(String emoji, List<Address> people) {
        public Reacted {
            people = List.copyOf(people);
        }

        @Override
        public String toString() {
            return people.size() + " reactions";
        }
    }

    /// What a reply answers.
    public sealed interface Quote {
        /// A message that is here.
        ///
        /// @param line the first of its words
        record Here(long message, Address from, String line) implements Quote {
            @Override
            public String toString() {
                return "Here[" + message + "]";
            }
        }

        /// One that is not here, or was deleted.
        record Absent() implements Quote {}
    }

    public Standing {
        reactions = List.copyOf(reactions);
    }

    /// Of a message whose sender's key was never stolen.
    public Standing(boolean edited, boolean deleted, List<Reacted> reactions, Optional<Quote> answers) {
        this(edited, deleted, reactions, answers, Optional.empty());
    }
}
