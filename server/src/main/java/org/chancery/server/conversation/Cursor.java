package org.chancery.server.conversation;

import org.chancery.pki.envelope.ConversationId;

/// How far a device has come in a conversation.
///
/// @param acknowledged the last place it has; 0 for none
public record Cursor(ConversationId conversation, long acknowledged) {}
