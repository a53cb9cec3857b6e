/// The rules for requests (RFC 2986): what would be refused, before anybody is asked to sign it.
///
/// Entry type: [org.chancery.ca.lint.request.RequestLint].
@NullMarked
package org.chancery.ca.lint.request;

import org.jspecify.annotations.NullMarked;
