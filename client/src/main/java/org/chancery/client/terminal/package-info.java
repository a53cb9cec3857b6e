/// The messenger as text: [org.chancery.client.terminal.TerminalClient] for people, and
/// [org.chancery.client.terminal.JsonLines] for scripts. The same commands and events as the window; never imports
/// Swing, the store or a frame.
@NullMarked
package org.chancery.client.terminal;

import org.jspecify.annotations.NullMarked;
