/// Revocation: certificate revocation lists (RFC 5280 section 5), signed, read and kept.
///
/// Entry types: [Crl][org.chancery.pki.revocation.Crl], [CrlSigner][org.chancery.pki.revocation.CrlSigner] and
/// [CrlSet][org.chancery.pki.revocation.CrlSet]. Nothing here fetches anything, and nothing here decides on a path.
@NullMarked
package org.chancery.pki.revocation;

import org.jspecify.annotations.NullMarked;
