/// The messenger without a face: [org.chancery.client.chat.Command]s in, [org.chancery.client.chat.Event]s
/// out.
///
/// [org.chancery.client.engine.Engine] owns the one thread on which everything happens, so that what a window, a
/// terminal and a script see comes in one order. Never imports Swing, a terminal, or JDBC.
@NullMarked
package org.chancery.client.engine;

import org.jspecify.annotations.NullMarked;
