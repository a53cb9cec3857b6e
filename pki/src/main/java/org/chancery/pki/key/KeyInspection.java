package org.chancery.pki.key;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/// Looks for keys that a broken generator made: what an authority does once before it certifies a key, and what costs
/// too much to be done at every validation ([KeyPolicy] is for that).
///
/// Not looked for: keys of Debian's broken OpenSSL (CVE-2008-0166). All of them have at most 2048 bits in practice, and
/// recognising one takes a list of hashes that is larger than this program.
public final class KeyInspection {
    private static final List<RsaCheck> CHECKS = List.of(new RocaFingerprint(), new ClosePrimes(), new SmallFactors());

    private KeyInspection() {}

    /// Passes a key without such a fault. Keys that are not RSA have none of these.
    ///
    /// @throws WeakKeyException naming the fault
    public static void inspect(PublicKey key) throws WeakKeyException {
        if (key instanceof RSAPublicKey rsa) {
            for (RsaCheck check : CHECKS) {
                check.check(rsa.getModulus());
            }
        }
    }
}
