package org.chancery.client.engine;

import java.util.List;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;

/// What this device has given the relay in a conversation and has no answer to: it may have a place in the log already.
/// Of each thing every attempt, of which the relay has taken one at most.
@FunctionalInterface
interface UnderWay {
    List<List<Digest>> in(ConversationId conversation);
}
