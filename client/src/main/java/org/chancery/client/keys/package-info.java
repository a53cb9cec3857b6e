/// The private halves of this device's envelope keys: kept in a file each, out of every backup, and destroyed when
/// nothing is to be opened with them any longer. [DeviceKeys][org.chancery.client.keys.DeviceKeys] is the entry.
///
/// Knows no socket and no frame: when a key is made, published and destroyed is the engine's to say.
@NullMarked
package org.chancery.client.keys;

import org.jspecify.annotations.NullMarked;
