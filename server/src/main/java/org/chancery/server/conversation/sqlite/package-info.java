/// The conversation log in one SQLite file: nothing to install. One thread writes, in group commits; readers have
/// connections of their own.
/// [SqliteConversationLog][org.chancery.server.conversation.sqlite.SqliteConversationLog] is the entry; no JDBC
/// type leaves this package.
@NullMarked
package org.chancery.server.conversation.sqlite;

import org.jspecify.annotations.NullMarked;
