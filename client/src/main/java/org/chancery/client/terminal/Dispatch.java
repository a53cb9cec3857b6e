package org.chancery.client.terminal;

/// What became of a message that somebody waits for.
public sealed interface Dispatch {
    /// The relay has it durably.
    record Published(long sequence) implements Dispatch {}

    /// The file lies there, whole and proved.
    record Saved(String path) implements Dispatch {}

    /// It will never be sent; `sentence` says why.
    record Failed(String sentence) implements Dispatch {}

    /// It is in the store and leaves with the next connection; `reason` says why it has not left yet.
    record Queued(String reason) implements Dispatch {}
}
