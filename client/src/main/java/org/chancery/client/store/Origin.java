package org.chancery.client.store;

import java.util.UUID;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;

/// What a line of the [History] stands for. No two lines have the same: however often something is delivered, it is
/// stored once.
public sealed interface Origin {
    /// The letter with this number on a sender's chain.
    record Letter(DeviceId device, ChainId chain, long counter) implements Origin {}

    /// What lay at this place of the relay's log, and was not accepted as a letter of anybody.
    record Place(ConversationId conversation, long sequence, Digest letter) implements Origin {}

    /// The note that letters from this number on are missing from a sender's chain.
    record Gap(DeviceId device, ChainId chain, long counter) implements Origin {}

    /// One's own text, which has no letter yet.
    record Draft(UUID draft) implements Origin {}
}
