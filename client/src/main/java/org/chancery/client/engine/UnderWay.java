package org.chancery.client.engine;

import java.util.Collection;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;

/// What this device has given the relay in a conversation and has no answer to: it may have a place in the log already.
@FunctionalInterface
interface UnderWay {
    Collection<Digest> in(ConversationId conversation);
}
