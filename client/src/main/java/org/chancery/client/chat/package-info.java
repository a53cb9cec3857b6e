/// What a window, a terminal or a script says to the messenger and hears from it: [org.chancery.client.chat.Command]s
/// in, [org.chancery.client.chat.Event]s out, and what both speak of, as of one moment and immutable.
@NullMarked
package org.chancery.client.chat;

import org.jspecify.annotations.NullMarked;
