package org.chancery.client.store;

import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;

/// Where this device begins a new chain of letters in a conversation, because it may not remember the last of
/// the old.
///
/// @param device whose chain the old one is: another, where its store went to a new device of the person's
/// @param chain the old one
/// @param counter of the last letter on it that this device remembers; 0: it had none
/// @param head the digest of that letter
/// @param seen the last place of the relay's log that had been seen then
/// @param lines the id of the newest line then
/// @param pending whether what came after that has yet to be asked for
public record Continuation(
        Party party,
        DeviceId device,
        ChainId chain,
        long counter,
        Digest head,
        long seen,
        long lines,
        boolean pending) {
    public ConversationId conversation() {
        return party.conversation();
    }

    /// The same, after everybody was asked.
    public Continuation asked() {
        return new Continuation(party, device, chain, counter, head, seen, lines, false);
    }
}
