package org.chancery.client.engine;

/// How far a [Message] has come.
public enum MessageState {
    /// One's own, in the store, not yet taken by the relay.
    QUEUED,
    /// One's own, durably in the relay's log.
    PUBLISHED,
    /// Somebody's, opened, checked and stored.
    RECEIVED,
    /// It could not be sent, or what came was not accepted; [Message#failure()] says why.
    FAILED
}
