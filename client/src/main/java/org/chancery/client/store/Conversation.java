package org.chancery.client.store;

import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;

/// What this device must remember of one conversation to write its next letter and to judge the relay's next word.
///
/// @param with the other side
/// @param chain this device's own chain of letters here
/// @param counter the number of this device's last letter that the relay took, or that was found unsendable; 0: none
/// @param previousLetter the digest of that letter; [Digest#NONE] before the first
/// @param sequence the last place of the relay's log that this device has seen; 0: none
/// @param transcript the transcript hash there
/// @param readUpTo the id of the newest line a person has seen
/// @param inDoubt whether the relay's log has become another one since it took a letter of this device's chain,
///     and so may lack some
public record Conversation(
        ConversationId id,
        Address with,
        ChainId chain,
        long counter,
        Digest previousLetter,
        long sequence,
        Digest transcript,
        long readUpTo,
        boolean inDoubt) {
    /// A conversation in which nothing has happened yet.
    public static Conversation begun(ConversationId id, Address with, ChainId chain) {
        return new Conversation(id, with, chain, 0, Digest.NONE, 0, Digest.NONE, 0, false);
    }

    /// The same, after this device's letter `letter` with the next number was taken.
    public Conversation wrote(Digest letter) {
        return new Conversation(id, with, chain, counter + 1, letter, sequence, transcript, readUpTo, false);
    }

    /// The same, with the relay's log seen up to `place`.
    public Conversation saw(long place, Digest transcriptThere) {
        return new Conversation(id, with, chain, counter, previousLetter, place, transcriptThere, readUpTo, inDoubt);
    }

    /// The same, read up to the line `line`.
    public Conversation read(long line) {
        return new Conversation(id, with, chain, counter, previousLetter, sequence, transcript, line, inDoubt);
    }

    /// The same, where the relay's log is another one: nothing of it has been seen.
    public Conversation inAnotherLog() {
        return new Conversation(id, with, chain, counter, previousLetter, 0, Digest.NONE, readUpTo, true);
    }

    /// The same, with a new chain of one's own.
    public Conversation restarted(ChainId newChain) {
        return new Conversation(id, with, newChain, 0, Digest.NONE, sequence, transcript, readUpTo, false);
    }
}
