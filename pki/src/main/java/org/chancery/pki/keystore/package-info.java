/// A private key, its certificates and the pinned roots in one PKCS#12 file (RFC 7292) that `openssl pkcs12` and
/// `keytool` read, and theirs.
///
/// Entry type: `KeyStoreFile`. Structures by Bouncy Castle, cryptography by the JCA. Must never import a terminal
/// or an environment: where a passphrase comes from is the business of `console`.
@NullMarked
package org.chancery.pki.keystore;

import org.jspecify.annotations.NullMarked;
