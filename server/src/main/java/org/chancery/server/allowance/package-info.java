/// What one device may take of the relay in a second, [Allowances][org.chancery.server.allowance.Allowances], and how
/// often handshakes may fail from one source, [FailedHandshakes][org.chancery.server.allowance.FailedHandshakes].
/// Knows devices, addresses and numbers, no session and no frame.
@NullMarked
package org.chancery.server.allowance;

import org.jspecify.annotations.NullMarked;
