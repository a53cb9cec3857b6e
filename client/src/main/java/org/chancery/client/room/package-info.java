/// Rooms as this client has verified them: who belongs to each, by entries that members have signed.
@NullMarked
package org.chancery.client.room;

import org.jspecify.annotations.NullMarked;
