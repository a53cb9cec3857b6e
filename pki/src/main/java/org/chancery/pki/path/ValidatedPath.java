package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;

/// The proof that a certificate was accepted: for this purpose, at this instant, by this path. Only
/// [PathValidator] makes one.
public final class ValidatedPath {
    private final CertificateChain chain;
    private final X509Certificate anchor;
    private final Purpose purpose;
    private final Instant at;
    private final Set<String> policies;

    ValidatedPath(CertificateChain chain, X509Certificate anchor, Purpose purpose, Instant at, Set<String> policies) {
        this.chain = chain;
        this.anchor = anchor;
        this.purpose = purpose;
        this.at = at;
        this.policies = Set.copyOf(policies);
    }

    /// The target first, then its issuers, without the anchor.
    public CertificateChain chain() {
        return chain;
    }

    /// The target.
    public X509Certificate leaf() {
        return chain.leaf();
    }

    /// Whether the target is a certificate for this address.
    public boolean isOf(Address address) {
        try {
            return Address.of(leaf()).equals(address);
        } catch (MalformedNameException e) {
            return false; // nobody's
        }
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

    /// The policies it is valid for, of those asked for, as dotted object identifiers: the
    /// user-constrained-policy-set of RFC 9618 section 5.7. Empty where the certificates name none.
    public Set<String> policies() {
        return policies;
    }

    @Override
    public String toString() {
        return chain.leaf().getSubjectX500Principal() + " for " + purpose + " at " + at;
    }
}
