/// Where the keys of the CAs lie, and the way to them: a PKCS#12 file or a token behind PKCS#11.
///
/// Entry type: [CaKey][org.chancery.ca.key.CaKey]. Knows nothing of ledgers and certificates' contents.
@NullMarked
package org.chancery.ca.key;

import org.jspecify.annotations.NullMarked;
