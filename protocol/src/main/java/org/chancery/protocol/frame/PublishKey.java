package org.chancery.protocol.frame;

import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;

/// Names one letter of a session's device before it has a place in the conversation.
///
/// @param counter from 1, one more with each letter of the chain
public record PublishKey(ConversationId conversation, ChainId chain, long counter) {

    /// @throws IllegalArgumentException if the counter is not positive
    public PublishKey {
        Check.positive("counter", counter);
    }
}
