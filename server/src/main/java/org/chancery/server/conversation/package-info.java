/// The relay's one idea: a conversation is an ordered, durable log, and a device has a cursor in each.
/// [ConversationLog][org.chancery.server.conversation.ConversationLog] is the entry; nothing is answered or
/// delivered before it is on disk. Knows no socket and no session; JDBC stays in the packages below.
@NullMarked
package org.chancery.server.conversation;

import org.jspecify.annotations.NullMarked;
