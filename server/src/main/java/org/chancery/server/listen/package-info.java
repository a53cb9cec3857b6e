/// The door: [Listener][org.chancery.server.listen.Listener] accepts, within bounds, and hands over to a session.
/// Never imports `command`.
@NullMarked
package org.chancery.server.listen;

import org.jspecify.annotations.NullMarked;
