package org.chancery.server.revocation;

import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.path.TrustAnchors;

/// Whom a relay believes.
///
/// @param anchors about everybody
/// @param own the relay's own chain: who vouches for it signs people's certificates too
public record Authorities(TrustAnchors anchors, CertificateChain own) {

    /// Whose CRLs are believed without having met anybody.
    Set<X509Certificate> issuers() {
        Set<X509Certificate> issuers = new LinkedHashSet<>(anchors.certificates());
        issuers.addAll(own.issuers());
        return issuers;
    }
}
