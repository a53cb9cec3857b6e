package org.chancery.pki.path;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.Address;
import org.jspecify.annotations.Nullable;

/// What is asked of [PathValidator]: this certificate, for this purpose, at this instant, with these names.
///
/// Immutable; every method gives another one. Purpose, instant and revocation have no default, because
/// forgetting them must not be a decision.
///
/// ```java
/// ValidationRequest.of(leaf).untrusted(issuers).purpose(Purpose.SERVER).at(now).revocation(required).host("lab.example")
/// ```
public final class ValidationRequest {
    /// Most certificates in a path, the anchor not counted; a request can only ask for less. Two tiers need
    /// two.
    public static final int DEFAULT_MAX_DEPTH = CertificateChain.MAX_CERTIFICATES;

    private final X509Certificate target;
    private List<X509Certificate> untrusted = List.of();
    private @Nullable Purpose purpose;
    private @Nullable Instant at;
    private @Nullable Revocation revocation;
    private @Nullable Address email;
    private @Nullable String host;
    private @Nullable InetAddress ip;
    private int maxDepth = DEFAULT_MAX_DEPTH;
    private PolicyDemand policies = PolicyDemand.NONE;

    private ValidationRequest(X509Certificate target) {
        this.target = target;
    }

    private ValidationRequest(ValidationRequest other) {
        target = other.target;
        untrusted = other.untrusted;
        purpose = other.purpose;
        at = other.at;
        revocation = other.revocation;
        email = other.email;
        host = other.host;
        ip = other.ip;
        maxDepth = other.maxDepth;
        policies = other.policies;
    }

    /// About this certificate.
    public static ValidationRequest of(X509Certificate target) {
        return new ValidationRequest(target);
    }

    /// Certificates that may lie between the target and an anchor: in any order, strangers among them.
    public ValidationRequest untrusted(Collection<X509Certificate> certificates) {
        ValidationRequest copy = new ValidationRequest(this);
        copy.untrusted = List.copyOf(certificates);
        return copy;
    }

    /// For this purpose.
    public ValidationRequest purpose(Purpose wanted) {
        ValidationRequest copy = new ValidationRequest(this);
        copy.purpose = wanted;
        return copy;
    }

    /// At this time, for certificates and CRLs alike.
    public ValidationRequest at(Instant instant) {
        ValidationRequest copy = new ValidationRequest(this);
        copy.at = instant;
        return copy;
    }

    /// With revocation judged so.
    public ValidationRequest revocation(Revocation wanted) {
        ValidationRequest copy = new ValidationRequest(this);
        copy.revocation = wanted;
        return copy;
    }

    /// The target's one rfc822Name must be this address.
    public ValidationRequest email(Address expected) {
        ValidationRequest copy = new ValidationRequest(this);
        copy.email = expected;
        return copy;
    }

    /// The target must name this host (RFC 9525): a dNSName, which may begin with a wildcard label; never
    /// its subject.
    ///
    /// @param expected a name of ASCII labels; an IP address is no host, see [#ip(InetAddress)]
    public ValidationRequest host(String expected) {
        ValidationRequest copy = new ValidationRequest(this);
        copy.host = expected;
        return copy;
    }

    /// The target must name this address as an iPAddress.
    public ValidationRequest ip(InetAddress expected) {
        ValidationRequest copy = new ValidationRequest(this);
        copy.ip = expected;
        return copy;
    }

    /// At most so many certificates in the path, target included, anchor not; never more than
    /// [#DEFAULT_MAX_DEPTH].
    ///
    /// @throws IllegalArgumentException if it is less than one
    public ValidationRequest maxDepth(int certificates) {
        if (certificates < 1) {
            throw new IllegalArgumentException("a path has at least one certificate, not " + certificates);
        }
        ValidationRequest copy = new ValidationRequest(this);
        copy.maxDepth = Math.min(certificates, DEFAULT_MAX_DEPTH);
        return copy;
    }

    /// With these demands on certificate policies; without, [PolicyDemand#NONE].
    public ValidationRequest policies(PolicyDemand demand) {
        ValidationRequest copy = new ValidationRequest(this);
        copy.policies = demand;
        return copy;
    }

    X509Certificate target() {
        return target;
    }

    List<X509Certificate> untrusted() {
        return untrusted;
    }

    Purpose purpose() {
        return said(purpose, "purpose");
    }

    Instant at() {
        return said(at, "time");
    }

    Revocation revocation() {
        return said(revocation, "revocation");
    }

    Optional<Address> email() {
        return Optional.ofNullable(email);
    }

    Optional<String> host() {
        return Optional.ofNullable(host);
    }

    Optional<InetAddress> ip() {
        return Optional.ofNullable(ip);
    }

    int maxDepth() {
        return maxDepth;
    }

    PolicyDemand policies() {
        return policies;
    }

    private static <T> T said(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException("the request does not say the " + name);
        }
        return part;
    }
}
