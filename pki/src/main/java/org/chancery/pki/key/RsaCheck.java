package org.chancery.pki.key;

import java.math.BigInteger;

/// One fault that an RSA modulus shows by itself.
interface RsaCheck {
    /// Passes a modulus that does not show it.
    ///
    /// @throws WeakKeyException if it does
    void check(BigInteger modulus) throws WeakKeyException;
}
