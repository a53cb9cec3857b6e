/// DER from outside, read with one checked exception for whatever is wrong with it.
///
/// Entry types: [DerCursor][org.chancery.pki.der.DerCursor], which reads certificates and lists value by value,
/// and [Der][org.chancery.pki.der.Der], the one seam between Bouncy Castle's ASN.1 and the rest of this module:
/// no unchecked exception of its parser travels further. Not exported: Bouncy Castle types appear in its
/// signatures. Imports no other package of this project.
@NullMarked
package org.chancery.pki.der;

import org.jspecify.annotations.NullMarked;
