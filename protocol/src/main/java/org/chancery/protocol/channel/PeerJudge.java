package org.chancery.protocol.channel;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;

/// Who is let in: the one [PathValidator], asked with what holds now. Thread safe. The relay asks again, with the
/// same words, whenever its CRLs change.
public final class PeerJudge {

    private final Supplier<TrustAnchors> anchors;
    private final Supplier<Revocation> revocation;
    private final Clock clock;

    private volatile Validating validating;

    /// The validator of anchors; it remembers signatures that it has verified.
    private record Validating(TrustAnchors anchors, PathValidator validator) {
        Validating(TrustAnchors anchors) {
            this(anchors, new PathValidator(anchors));
        }
    }

    /// @param revocation the newest view, asked for each judgement
    public PeerJudge(TrustAnchors anchors, Supplier<Revocation> revocation, Clock clock) {
        this(() -> anchors, revocation, clock);
    }

    /// @param anchors the newest view, too
    public PeerJudge(Supplier<TrustAnchors> anchors, Supplier<Revocation> revocation, Clock clock) {
        this.anchors = anchors;
        this.validating = new Validating(anchors.get());
        this.revocation = revocation;
        this.clock = clock;
    }

    /// A person's certificates, leaf first.
    ///
    /// @throws PathValidationException if they do not prove a person here and now
    public ValidatedPath person(List<X509Certificate> presented) throws PathValidationException {
        return validator().validate(request(presented, Purpose.CLIENT));
    }

    /// A relay's certificates, leaf first.
    ///
    /// @param host what was dialled: a DNS name, or an IP address as a literal
    /// @throws PathValidationException if they do not prove that relay here and now
    public ValidatedPath relay(List<X509Certificate> presented, String host) throws PathValidationException {
        ValidationRequest request = request(presented, Purpose.SERVER);
        return validator().validate(isLiteral(host) ? request.ip(InetAddress.ofLiteral(host)) : request.host(host));
    }

    /// A relay's own certificates, leaf first, before it shows them to anybody.
    ///
    /// @throws PathValidationException if they do not prove a relay here and now
    public ValidatedPath own(List<X509Certificate> certificates) throws PathValidationException {
        return validator().validate(request(certificates, Purpose.SERVER));
    }

    private PathValidator validator() {
        TrustAnchors newest = anchors.get();
        Validating current = validating;
        if (!current.anchors().equals(newest)) {
            current = new Validating(newest);
            validating = current;
        }
        return current.validator();
    }

    private ValidationRequest request(List<X509Certificate> presented, Purpose purpose) {
        return ValidationRequest.of(presented.getFirst())
                .untrusted(presented.subList(1, presented.size()))
                .purpose(purpose)
                .at(clock.instant())
                .revocation(revocation.get());
    }

    private static boolean isLiteral(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false; // a name
        }
    }
}
