package org.chancery.client.trust;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;

/// Judges certificates: those of devices to be sealed to, of signers of letters, and of the relay.
///
/// What happens now is judged now. A letter is judged at the time at which the relay took it, by what has become known
/// of revocation since ([Revocation.AsOf]).
public final class DeviceJudge {
    /// Letters that the relay took longer ago than this come as a backlog, many of each sender: then a path is judged
    /// for a span of time, not for each of them.
    private static final Duration BACKLOG = Duration.ofMinutes(1);

    /// How much later than a letter that span is tried to reach: most of a backlog was written in one go.
    private static final Duration AHEAD = Duration.ofHours(1);

    /// The devices of a large room.
    private static final int REMEMBERED = 1_024;

    private final PathValidator validator;
    private final HeldRevocations revocations;
    private final Clock clock;
    private final AcceptedSpans spans = new AcceptedSpans();

    public DeviceJudge(TrustAnchors anchors, HeldRevocations revocations, Clock clock) {
        this.validator = new PathValidator(anchors, REMEMBERED);
        this.revocations = revocations;
        this.clock = clock;
    }

    /// A device of `address`, here and now.
    ///
    /// @throws PathValidationException where it must not be sealed to
    public ValidatedPath device(CertificateChain chain, Address address) throws PathValidationException {
        return validator.validate(request(chain, Purpose.CLIENT, clock.instant())
                .revocation(revocations.required())
                .email(address));
    }

    /// A device of `address`, revocation not looked at, and as of its last moment where that has passed: whether it was
    /// ever one, and may be remembered.
    ///
    /// @throws PathValidationException where it never was
    public ValidatedPath everDevice(CertificateChain chain, Address address) throws PathValidationException {
        Instant now = clock.instant();
        Instant end = chain.leaf().getNotAfter().toInstant();
        return validator.validate(request(chain, Purpose.CLIENT, now.isBefore(end) ? now : end)
                .revocation(new Revocation.NotChecked())
                .email(address));
    }

    /// The relay, here and now. That it is the relay that was dialled, the handshake has proved.
    ///
    /// @throws PathValidationException where nothing must be said to it
    public ValidatedPath relay(CertificateChain chain) throws PathValidationException {
        return validator.validate(
                request(chain, Purpose.SERVER, clock.instant()).revocation(revocations.required()));
    }

    /// Whoever signed a letter that the relay took at `acceptedAt`, as a device of `address`. Between two moments at
    /// which one path held, by the same lists, it is not judged anew ([AcceptedSpans]). For one thread.
    public SignerVerdict signer(CertificateChain chain, Address address, Instant acceptedAt) {
        Instant now = clock.instant();
        AcceptedSpans.Subject subject = new AcceptedSpans.Subject(chain, address);
        Optional<ValidatedPath> known = spans.find(subject, revocations.held(), acceptedAt, now);
        if (known.isPresent()) {
            return new SignerVerdict.Accepted(known.get());
        }
        SignerVerdict verdict = signer(chain.leaf(), chain.issuers(), address, acceptedAt);
        if (verdict instanceof SignerVerdict.Accepted(ValidatedPath path)
                && acceptedAt.plus(BACKLOG).isBefore(now)) {
            Instant ahead = acceptedAt.plus(AHEAD);
            Instant later = ahead.isBefore(now) ? ahead : now;
            if (signer(chain.leaf(), chain.issuers(), address, later)
                            instanceof SignerVerdict.Accepted(ValidatedPath then)
                    && then.chain().equals(path.chain())
                    && then.anchor().equals(path.anchor())) {
                spans.put(subject, new AcceptedSpans.Span(path, revocations.held(), acceptedAt, later, now));
            }
        }
        return verdict;
    }

    /// Whoever signed a record at `then`, as a device of `address`.
    ///
    /// @param issuers any, those of the certificate among them
    public SignerVerdict signer(
            X509Certificate certificate, Collection<X509Certificate> issuers, Address address, Instant then) {
        Revocation asOf = new Revocation.AsOf(revocations.held(), revocations.grace(), then, clock.instant());
        try {
            return new SignerVerdict.Accepted(validator.validate(request(certificate, issuers, Purpose.CLIENT, then)
                    .revocation(asOf)
                    .email(address)));
        } catch (PathValidationException e) {
            return verdict(e);
        }
    }

    /// Missing and outdated lists are no fault of the signer: newer ones may tell.
    private static SignerVerdict verdict(PathValidationException refusal) {
        String detail = String.valueOf(refusal.getMessage());
        return switch (refusal.failure()) {
            case REVOKED ->
                refusal.revoked()
                        .<SignerVerdict>map(entry -> new SignerVerdict.Revoked(entry.since(), entry.reason()))
                        .orElse(new SignerVerdict.Refused(refusal.failure(), detail));
            default ->
                refusal.failure().awaitsCrl()
                        ? new SignerVerdict.Undecided(detail)
                        : new SignerVerdict.Refused(refusal.failure(), detail);
        };
    }

    private static ValidationRequest request(CertificateChain chain, Purpose purpose, Instant at) {
        return request(chain.leaf(), chain.issuers(), purpose, at);
    }

    private static ValidationRequest request(
            X509Certificate certificate, Collection<X509Certificate> issuers, Purpose purpose, Instant at) {
        return ValidationRequest.of(certificate)
                .untrusted(List.copyOf(issuers))
                .purpose(purpose)
                .at(at);
    }
}
