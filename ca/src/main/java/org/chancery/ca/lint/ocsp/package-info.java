/// The rules for OCSP answers (RFC 6960, RFC 9654, RFC 9919).
///
/// Entry type: [org.chancery.ca.lint.ocsp.OcspLint].
@NullMarked
package org.chancery.ca.lint.ocsp;

import org.jspecify.annotations.NullMarked;
