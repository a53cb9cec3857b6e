/// What stands in `docs/vectors` for whoever writes another client, computed and read again.
@NullMarked
package org.chancery.protocol.vectors;

import org.jspecify.annotations.NullMarked;
