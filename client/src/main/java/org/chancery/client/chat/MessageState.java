package org.chancery.client.chat;

/// How far a [Message] has come.
public enum MessageState {
    /// One's own, in the store, not yet taken by the relay.
    QUEUED,
    /// One's own, durably in the relay's log.
    PUBLISHED,
    /// Somebody's, opened, checked and stored.
    RECEIVED,
    /// No message: something happened in the conversation, and the text says what.
    NOTE,
    /// It could not be sent, or what came was not accepted; [Message#failure()] says why.
    FAILED
}
