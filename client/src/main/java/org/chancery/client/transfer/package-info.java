/// Files on their way to the relay and from it, beside the messages and apart from them: measured, sealed and
/// opened on a thread of their own. [org.chancery.client.transfer.Transfers] is the entry; the engine tells it
/// of connections and frames, and is told what became of each. Never imports the engine, the store's tables or
/// Swing.
@NullMarked
package org.chancery.client.transfer;

import org.jspecify.annotations.NullMarked;
