/// Name constraints (RFC 5280 section 4.2.1.10): their syntax, and which names lie within them.
///
/// Entry type: [NameConstraints][org.chancery.pki.path.constraint.NameConstraints]. Not exported; knows
/// nothing of paths.
@NullMarked
package org.chancery.pki.path.constraint;

import org.jspecify.annotations.NullMarked;
