package org.chancery.protocol.content;

import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;

/// One thing that a person's devices tell each other.
public sealed interface SyncItem {

    /// Words that have not been sent yet.
    ///
    /// @param text empty: there is no draft any more
    record Draft(ConversationId conversation, String text) implements SyncItem {

        /// @throws IllegalArgumentException if the text is too long for a message, or no Unicode
        public Draft {
            Words.bounded("draft", text, Body.Text.MAX_CHARACTERS);
        }

        @Override
        public String toString() {
            return "Draft[" + text.length() + " characters]";
        }
    }

    /// How far the person has read.
    ///
    /// @param upTo a place of the relay's log of the conversation
    record Read(ConversationId conversation, long upTo) implements SyncItem {

        /// @throws IllegalArgumentException if the place is below 1
        public Read {
            if (upTo < 1) {
                throw new IllegalArgumentException("read up to " + upTo + ", from 1");
            }
        }
    }

    /// The person has compared the safety number with somebody, or says no longer so.
    ///
    /// @param firstEntry hash of the first record of the address's device chain, which is what was compared: over
    ///     another chain the mark says nothing
    record Mark(Address address, Digest firstEntry, boolean verified) implements SyncItem {

        @Override
        public String toString() {
            return "Mark";
        }
    }

    /// The person does not want to hear somebody, or does again.
    record Block(Address address, boolean blocked) implements SyncItem {

        /// Whom somebody does not want to hear is for no log.
        @Override
        public String toString() {
            return "Block";
        }
    }
}
