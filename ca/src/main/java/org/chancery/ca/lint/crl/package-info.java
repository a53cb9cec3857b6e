/// The rules for CRLs (RFC 5280 section 5).
///
/// Entry type: [org.chancery.ca.lint.crl.CrlLint].
@NullMarked
package org.chancery.ca.lint.crl;

import org.jspecify.annotations.NullMarked;
