package org.chancery.client.trust;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;

/// Judges certificates: those of devices to be sealed to, of signers of letters, and of the relay.
///
/// What happens now is judged now. A letter is judged at the time at which the relay took it, by what has become known
/// of revocation since: revoked for a compromised key, a letter is refused from the invalidityDate on; revoked for
/// another reason, from the revocation on.
public final class DeviceJudge {
    private final PathValidator validator;
    private final HeldRevocations revocations;
    private final Clock clock;

    public DeviceJudge(TrustAnchors anchors, HeldRevocations revocations, Clock clock) {
        this.validator = new PathValidator(anchors);
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

    /// Whoever signed a letter that the relay took at `acceptedAt`, as a device of `address`.
    public SignerVerdict signer(CertificateChain chain, Address address, Instant acceptedAt) {
        ValidatedPath path;
        try {
            path = validator.validate(request(chain, Purpose.CLIENT, acceptedAt)
                    .revocation(new Revocation.NotChecked())
                    .email(address));
        } catch (PathValidationException e) {
            return new SignerVerdict.Refused(e.failure(), String.valueOf(e.getMessage()));
        }
        // From the anchor down: what a revoked authority says of its own certificates is worth nothing.
        List<X509Certificate> certificates = path.chain().certificates();
        for (int i = certificates.size() - 1; i >= 0; i--) {
            X509Certificate issuer = i + 1 < certificates.size() ? certificates.get(i + 1) : path.anchor();
            Optional<SignerVerdict> objection = objection(certificates.get(i), issuer, acceptedAt);
            if (objection.isPresent()) {
                return objection.get();
            }
        }
        return new SignerVerdict.Accepted(path);
    }

    private Optional<SignerVerdict> objection(X509Certificate certificate, X509Certificate issuer, Instant acceptedAt) {
        Optional<Crl> newest =
                revocations.held().newest(certificate.getIssuerX500Principal()).filter(crl -> crl.verifiedBy(issuer));
        if (newest.isEmpty()) {
            return Optional.of(new SignerVerdict.Undecided("there is no revocation list of "
                    + issuer.getSubjectX500Principal().getName()));
        }
        Crl crl = newest.get();
        Optional<RevokedCertificate> entry = crl.find(new SerialNumber(certificate.getSerialNumber()));
        if (entry.isPresent() && !acceptedAt.isBefore(since(entry.get()))) {
            return Optional.of(
                    new SignerVerdict.Revoked(since(entry.get()), entry.get().reason()));
        }
        if (crl.nextUpdate().plus(revocations.grace()).isBefore(clock.instant())) {
            return Optional.of(new SignerVerdict.Undecided("the revocation list of "
                    + issuer.getSubjectX500Principal().getName() + " was to be renewed by " + crl.nextUpdate()));
        }
        return Optional.empty();
    }

    private static Instant since(RevokedCertificate entry) {
        boolean compromised =
                entry.reason() == RevocationReason.KEY_COMPROMISE || entry.reason() == RevocationReason.CA_COMPROMISE;
        return compromised ? entry.invalidityDate().orElse(entry.revokedAt()) : entry.revokedAt();
    }

    private static ValidationRequest request(CertificateChain chain, Purpose purpose, Instant at) {
        return ValidationRequest.of(chain.leaf())
                .untrusted(chain.issuers())
                .purpose(purpose)
                .at(at);
    }
}
