package org.chancery.server.revocation;

import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.revocation.CrlSet;
import org.jspecify.annotations.Nullable;

/// By what people are judged at one moment. When anything of it changes there is another object; whoever was judged
/// by this one is judged again.
public final class Grounds {

    private final TrustAnchors anchors;
    private final CrlSet crls;
    private final CrlSet forJudging;
    private volatile @Nullable CrlOffer offer;

    /// Where no list is held aside.
    public Grounds(TrustAnchors anchors, CrlSet crls) {
        this(anchors, crls, crls);
    }

    /// @param crls those that a known authority signed
    /// @param forJudging these, and those of authorities not met yet
    Grounds(TrustAnchors anchors, CrlSet crls, CrlSet forJudging) {
        this.anchors = anchors;
        this.crls = crls;
        this.forJudging = forJudging;
    }

    /// Whom to believe.
    public TrustAnchors anchors() {
        return anchors;
    }

    /// What is known to be revoked, to be told to others.
    public CrlSet crls() {
        return crls;
    }

    /// What of it clients are handed. Takes a while when it is asked for first: lists are hashed.
    public CrlOffer offer() {
        CrlOffer made = offer;
        if (made == null) {
            made = CrlOffer.of(crls);
            offer = made;
        }
        return made;
    }

    /// Whether one of the certificates is known to be revoked: a device falls with the authorities above it.
    public boolean lists(CertificateChain chain) {
        return chain.certificates().stream().anyMatch(crls::isListed);
    }

    /// What the path validator is given, which verifies every list by the path it judges.
    CrlSet forJudging() {
        return forJudging;
    }
}
