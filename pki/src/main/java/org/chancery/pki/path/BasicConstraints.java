package org.chancery.pki.path;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// basicConstraints (RFC 5280 section 4.2.1.9).
///
/// @param pathLength how many certificate authorities may follow at most; null if any number may
record BasicConstraints(boolean isAuthority, @Nullable BigInteger pathLength) {
    /// Whether so many authorities may stand between this one and the target.
    boolean permits(int intermediates) {
        return pathLength == null || pathLength.compareTo(BigInteger.valueOf(intermediates)) >= 0;
    }
}
