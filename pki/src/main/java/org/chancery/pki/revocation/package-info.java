/// Revocation: certificate revocation lists (RFC 5280 section 5), signed, read and kept, and OCSP (RFC 6960, as RFC
/// 9654 and RFC 9919 narrow it), requests read, responses signed and read.
///
/// Entry types: [Crl][org.chancery.pki.revocation.Crl], [CrlSigner][org.chancery.pki.revocation.CrlSigner],
/// [CrlSet][org.chancery.pki.revocation.CrlSet]; [OcspRequest][org.chancery.pki.revocation.OcspRequest],
/// [OcspSigner][org.chancery.pki.revocation.OcspSigner],
/// [OcspResponse][org.chancery.pki.revocation.OcspResponse]. Nothing here fetches anything, and nothing here
/// decides on a path. No program answers OCSP requests yet: what answers them would be built of this.
@NullMarked
package org.chancery.pki.revocation;

import org.jspecify.annotations.NullMarked;
