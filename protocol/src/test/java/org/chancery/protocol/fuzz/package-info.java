/// What a fuzzer is let loose on here: frames as they come from a socket, and what people sign inside letters and
/// records. Entry type: [ProtocolTarget][org.chancery.protocol.fuzz.ProtocolTarget]; how it is run is pki's.
@NullMarked
package org.chancery.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
