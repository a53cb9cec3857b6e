/// The one seam between Bouncy Castle's ASN.1 and the rest of this module.
///
/// Entry type: [Der][org.chancery.pki.der.Der]. Bytes from outside go through it and come out as structures or as one
/// checked exception, so that no unchecked exception of a parser travels further. Not exported: Bouncy Castle types
/// appear in its signatures. Imports no other package of this project.
@NullMarked
package org.chancery.pki.der;

import org.jspecify.annotations.NullMarked;
