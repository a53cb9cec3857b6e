/// From the log to one device: [Delivery][org.chancery.server.delivery.Delivery]. Knows the log and the frames;
/// never a socket.
@NullMarked
package org.chancery.server.delivery;

import org.jspecify.annotations.NullMarked;
