package org.chancery.server.revocation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.jspecify.annotations.Nullable;

/// By what people are judged at one moment. When anything of it changes there is another object; whoever was judged
/// by this one is judged again.
public final class Grounds {

    private final TrustAnchors anchors;
    private final CrlSet crls;
    private final CrlSet forJudging;
    private final Map<Crl, List<X509Certificate>> signers;
    private volatile @Nullable CrlOffer offer;

    /// Where no list is held aside.
    public Grounds(TrustAnchors anchors, CrlSet crls) {
        this(anchors, anchors.certificates(), crls, crls);
    }

    /// @param issuers the authorities that are known
    /// @param crls those that one of them signed
    /// @param forJudging these, and those of authorities not met yet
    Grounds(TrustAnchors anchors, Collection<X509Certificate> issuers, CrlSet crls, CrlSet forJudging) {
        this.anchors = anchors;
        this.signers = crls.crls().stream()
                .collect(Collectors.toMap(
                        crl -> crl,
                        crl -> issuers.stream().filter(crl::verifiedBy).toList()));
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

    /// Those without which people are not let in who would be. Nobody misses the lists of an authority that has ended
    /// or is revoked: whom it certified is not let in whatever they say.
    public CrlSet needed(Instant now) {
        return CrlSet.of(crls.crls().stream()
                .filter(crl -> signers.getOrDefault(crl, List.of()).stream().anyMatch(issuer -> isGood(issuer, now)))
                .toList());
    }

    private boolean isGood(X509Certificate issuer, Instant now) {
        return now.isBefore(issuer.getNotAfter().toInstant().plusSeconds(1)) && !crls.isListed(issuer);
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
