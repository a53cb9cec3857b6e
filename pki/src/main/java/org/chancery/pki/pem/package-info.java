/// The textual encoding of DER (RFC 7468), strict.
///
/// Entry type: [Pem]. Knows labels and Base64, not what the DER means; imports nothing but the JDK.
@NullMarked
package org.chancery.pki.pem;

import org.jspecify.annotations.NullMarked;
