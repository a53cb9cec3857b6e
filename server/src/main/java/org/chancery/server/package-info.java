/// The relay as a whole: [Relay][org.chancery.server.Relay] puts the parts together, starts and stops them. Never
/// imports `command`.
@NullMarked
package org.chancery.server;

import org.jspecify.annotations.NullMarked;
