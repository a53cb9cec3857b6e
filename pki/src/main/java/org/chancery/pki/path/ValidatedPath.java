package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.chancery.pki.certificate.CertificateChain;

/// The proof that a certificate was accepted: for this purpose, at this instant, by this path. Only [PathValidator]
/// makes one.
public final class ValidatedPath {
    private final CertificateChain chain;
    private final X509Certificate anchor;
    private final Purpose purpose;
    private final Instant at;

    ValidatedPath(CertificateChain chain, X509Certificate anchor, Purpose purpose, Instant at) {
        this.chain = chain;
        this.anchor = anchor;
        this.purpose = purpose;
        this.at = at;
    }

    /// The target first, then its issuers, without the anchor.
    public CertificateChain chain() {
        return chain;
    }

    /// The target.
    public X509Certificate leaf() {
        return chain.leaf();
    }

    /// The anchor it ends at.
    public X509Certificate anchor() {
        return anchor;
    }

    /// What it was accepted for.
    public Purpose purpose() {
        return purpose;
    }

    /// When it was judged to be good; says nothing of any other time.
    public Instant at() {
        return at;
    }

    @Override
    public String toString() {
        return chain.leaf().getSubjectX500Principal() + " for " + purpose + " at " + at;
    }
}
