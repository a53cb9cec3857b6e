/// What one device may take of the relay in a second: [Allowances][org.chancery.server.allowance.Allowances]. Knows
/// devices and numbers, no session and no frame.
@NullMarked
package org.chancery.server.allowance;

import org.jspecify.annotations.NullMarked;
