package org.chancery.client.ui;

/// Whether something can be written now.
///
/// @param placeholder what the empty field says: an invitation, or the reason why it is closed
/// @param hint what stands below it
record Composing(boolean open, String placeholder, String hint) {
    static Composing closed(String reason) {
        return new Composing(false, reason, "");
    }
}
