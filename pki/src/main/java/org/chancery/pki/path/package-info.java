/// Whether a certificate is to be believed: path building and validation (RFC 5280 section 6).
///
/// Entry type: [PathValidator], the only maker of [ValidatedPath]; whoever holds one need not check again. Reads no
/// clock and opens no socket: nothing is ever fetched because a certificate says so.
@NullMarked
package org.chancery.pki.path;

import org.jspecify.annotations.NullMarked;
