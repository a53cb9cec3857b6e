/// The window: renders the engine's events and sends it commands, nothing else.
///
/// Enter at `ChatWindow`. View models (`ChatModel`, `ContactListModel`, `ConversationModel` and the records they give
/// out) know no Swing and are driven directly by tests; components read them and are touched on the event thread only
/// (`Edt`). What the window needs of the engine is `Messenger`. No other package imports Swing; this one must never
/// import protocol frames, stores or sockets.
@NullMarked
package org.chancery.client.ui;

import org.jspecify.annotations.NullMarked;
