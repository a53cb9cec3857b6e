package org.chancery.ca.issuance;

import java.util.concurrent.atomic.AtomicReference;
import org.chancery.pki.certificate.TbsCertificate;
import org.jspecify.annotations.Nullable;

/// A certificate that passed every rule and whose intent is committed: all that is missing is the signature,
/// which it can be redeemed for once, and only at the issuer that prepared it.
public final class PreparedCertificate {
    private final Issuer issuer;
    private final AtomicReference<@Nullable TbsCertificate> certificate;

    PreparedCertificate(Issuer issuer, TbsCertificate certificate) {
        this.issuer = issuer;
        this.certificate = new AtomicReference<>(certificate);
    }

    /// Hands the certificate over, the first time.
    ///
    /// @throws IllegalStateException if another issuer asks, or anybody asks again
    TbsCertificate redeem(Issuer by) {
        if (by != issuer) {
            throw new IllegalStateException("prepared by another issuer");
        }
        TbsCertificate redeemed = certificate.getAndSet(null);
        if (redeemed == null) {
            throw new IllegalStateException("a prepared certificate is signed once");
        }
        return redeemed;
    }
}
