package org.chancery.client.ui;

/// The part of [ChatModel] that is no longer what it was.
enum Change {
    /// The list on the left.
    PEOPLE,
    /// Another conversation is shown, or none.
    SELECTION,
    /// The lines of the conversation shown.
    LINES,
    /// What is known of the contact shown, or whether something can be written to them.
    CONTACT,
    /// The connection.
    CONNECTION,
    /// The problem at the top.
    PROBLEM
}
