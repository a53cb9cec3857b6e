package org.chancery.ca.issuance;

import java.util.concurrent.atomic.AtomicReference;
import org.chancery.pki.certificate.SerialNumber;
import org.jspecify.annotations.Nullable;

/// A certificate that passed every rule and whose intent is committed: all that is missing is the signature,
/// which it can be redeemed for once, and only at the issuer that prepared it.
public final class PreparedCertificate {
    private final Issuer issuer;
    private final SerialNumber serialNumber;
    private final AtomicReference<byte @Nullable []> tbsDer;

    /// @param tbsDer the very octets that were judged
    PreparedCertificate(Issuer issuer, SerialNumber serialNumber, byte[] tbsDer) {
        this.issuer = issuer;
        this.serialNumber = serialNumber;
        this.tbsDer = new AtomicReference<>(tbsDer);
    }

    SerialNumber serialNumber() {
        return serialNumber;
    }

    /// Hands over the octets to be signed, the first time.
    ///
    /// @throws IllegalStateException if another issuer asks, or anybody asks again
    byte[] redeem(Issuer by) {
        if (by != issuer) {
            throw new IllegalStateException("prepared by another issuer");
        }
        byte[] redeemed = tbsDer.getAndSet(null);
        if (redeemed == null) {
            throw new IllegalStateException("a prepared certificate is signed once");
        }
        return redeemed;
    }
}
