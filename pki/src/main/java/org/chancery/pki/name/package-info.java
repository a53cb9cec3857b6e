/// Names in canonical form: who a certificate speaks of.
///
/// Entry type: [Address][org.chancery.pki.name.Address], read from the subjectAlternativeName by our own parse of its
/// DER, never from a distinguished name or a string form. Imports nothing of this project but `der`.
@NullMarked
package org.chancery.pki.name;

import org.jspecify.annotations.NullMarked;
