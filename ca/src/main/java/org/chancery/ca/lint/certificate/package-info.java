/// The rules for certificates (RFC 5280 section 4, the CA/Browser Forum's baseline requirements, and this house's own).
///
/// Entry type: [org.chancery.ca.lint.certificate.CertificateLint].
@NullMarked
package org.chancery.ca.lint.certificate;

import org.jspecify.annotations.NullMarked;
