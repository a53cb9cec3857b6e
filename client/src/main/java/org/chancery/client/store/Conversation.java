package org.chancery.client.store;

import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;

/// What this device must remember of one conversation to write its next letter and to judge the relay's next word.
///
/// @param party whom it is with
/// @param title what a room's people call it; empty for none, and between two
/// @param chain this device's own chain of letters here
/// @param counter the number of this device's last letter that the relay took, or that was found unsendable; 0: none
/// @param previousLetter the digest of that letter; [Digest#NONE] before the first
/// @param sequence the last place of the relay's log that this device has seen; 0: none
/// @param transcript the transcript hash there
/// @param readUpTo the id of the newest line a person has seen
/// @param inDoubt whether the relay's log has become another one since it took a letter of this device's chain,
///     and so may lack some
public record Conversation(
        Party party,
        String title,
        ChainId chain,
        long counter,
        Digest previousLetter,
        long sequence,
        Digest transcript,
        long readUpTo,
        boolean inDoubt) {
    public ConversationId id() {
        return party.conversation();
    }

    /// A conversation in which nothing has happened yet.
    public static Conversation begun(Party party, ChainId chain) {
        return new Conversation(party, "", chain, 0, Digest.NONE, 0, Digest.NONE, 0, false);
    }

    /// The same, after this device's letter `letter` with the next number was taken.
    public Conversation wrote(Digest letter) {
        return new Conversation(party, title, chain, counter + 1, letter, sequence, transcript, readUpTo, false);
    }

    /// The same, with the relay's log seen up to `place`.
    public Conversation saw(long place, Digest transcriptThere) {
        return new Conversation(
                party, title, chain, counter, previousLetter, place, transcriptThere, readUpTo, inDoubt);
    }

    /// The same, read up to the line `line`.
    public Conversation read(long line) {
        return new Conversation(party, title, chain, counter, previousLetter, sequence, transcript, line, inDoubt);
    }

    /// The same, under another title.
    public Conversation titled(String newTitle) {
        return new Conversation(
                party, newTitle, chain, counter, previousLetter, sequence, transcript, readUpTo, inDoubt);
    }

    /// The same, where the relay's log is another one: nothing of it has been seen.
    public Conversation inAnotherLog() {
        return new Conversation(party, title, chain, counter, previousLetter, 0, Digest.NONE, readUpTo, true);
    }

    /// The same, with a new chain of one's own.
    public Conversation restarted(ChainId newChain) {
        return new Conversation(party, title, newChain, 0, Digest.NONE, sequence, transcript, readUpTo, false);
    }
}
