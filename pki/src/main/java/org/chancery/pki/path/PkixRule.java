package org.chancery.pki.path;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.chancery.pki.certificate.Extensions;

/// The JDK's basic path validation (RFC 5280 section 6.1): signatures, validity, name chaining, authority,
/// path length, name constraints, policies, critical extensions. Its revocation checking, which could
/// fetch, is off.
///
/// The anchor's own validity counts too, and so do the constraints of a self-signed one: RFC 5280 leaves
/// both open, and whoever writes a constraint into a root means it.
///
/// Known trap: under name constraints for hosts, the JDK takes the common name of a certificate without
/// dNSName for a host if it looks like one, so `CN=Alice` is refused. It errs on the safe side; our
/// profiles issue no such names.
final class PkixRule implements PathRule {
    @Override
    public void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        ValidationRequest request = inquiry.request();
        Date at = Date.from(request.at());
        checkAnchorValidity(path, at);
        checkAnchorConstraints(path);
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(judged(path));
            // By name and key: given a certificate with name constraints, the JDK refuses to begin.
            TrustAnchor anchor = new TrustAnchor(
                    path.anchor().certificate().getSubjectX500Principal(),
                    path.anchor().certificate().getPublicKey(),
                    null);
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(at);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
        } catch (CertPathValidatorException e) {
            throw new PathValidationException(failure(e), e.getIndex(), describe(failure(e)));
        } catch (CertificateException e) {
            throw new PathValidationException(
                    PathFailure.MALFORMED, PathValidationException.NO_CERTIFICATE, "a certificate cannot be encoded");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PKIX", e);
        }
    }

    private static void checkAnchorValidity(CandidatePath path, Date at) throws PathValidationException {
        try {
            path.anchor().certificate().checkValidity(at);
        } catch (CertificateExpiredException e) {
            throw new PathValidationException(PathFailure.EXPIRED, path.length(), "the trust anchor has expired");
        } catch (CertificateNotYetValidException e) {
            throw new PathValidationException(
                    PathFailure.NOT_YET_VALID, path.length(), "the trust anchor is not valid yet");
        }
    }

    /// The constraints of an anchor that is not put into the path would go unheard; then it is no anchor.
    private static void checkAnchorConstraints(CandidatePath path) throws PathValidationException {
        if (!SelfSigned.is(path.anchor().certificate())
                && path.anchor().certificate().getExtensionValue(Extensions.NAME_CONSTRAINTS) != null) {
            throw new PathValidationException(
                    PathFailure.NAME_CONSTRAINT,
                    path.length(),
                    "the trust anchor has name constraints and another issuer: trust that one");
        }
    }

    /// The path as the JDK is to see it. It ignores the constraints of an anchor, so one that signed itself
    /// is put into the path as well, as a certificate like others. (An anchor that somebody else signed
    /// cannot be.)
    private static List<X509Certificate> judged(CandidatePath path) {
        boolean appended =
                SelfSigned.is(path.anchor().certificate()) && !path.target().equals(path.anchor());
        return (appended ? path.withAnchor() : path.certificates())
                .stream().map(PathCertificate::certificate).toList();
    }

    private static PathFailure failure(CertPathValidatorException e) {
        return switch (e.getReason()) {
            case BasicReason reason ->
                switch (reason) {
                    case EXPIRED -> PathFailure.EXPIRED;
                    case NOT_YET_VALID -> PathFailure.NOT_YET_VALID;
                    case INVALID_SIGNATURE -> PathFailure.SIGNATURE_INVALID;
                    case ALGORITHM_CONSTRAINED -> PathFailure.WEAK_SIGNATURE;
                    // Revocation is not asked of the JDK, so these two cannot happen; refused all the same.
                    case REVOKED, UNDETERMINED_REVOCATION_STATUS -> PathFailure.CRL_INVALID;
                    // An issuer of that name with another kind of key did not make this signature.
                    case UNSPECIFIED ->
                        e.getCause() instanceof InvalidKeyException
                                ? PathFailure.SIGNATURE_INVALID
                                : PathFailure.MALFORMED;
                };
            case PKIXReason reason ->
                switch (reason) {
                    case NAME_CHAINING, NO_TRUST_ANCHOR -> PathFailure.NO_PATH;
                    case INVALID_KEY_USAGE -> PathFailure.KEY_USAGE;
                    case INVALID_POLICY -> PathFailure.POLICY;
                    case INVALID_NAME -> PathFailure.NAME_CONSTRAINT;
                    case NOT_CA_CERT -> PathFailure.NOT_A_CA;
                    case PATH_TOO_LONG -> PathFailure.PATH_TOO_LONG;
                    case UNRECOGNIZED_CRIT_EXT -> PathFailure.UNKNOWN_CRITICAL_EXTENSION;
                };
            default -> PathFailure.MALFORMED;
        };
    }

    private static String describe(PathFailure failure) {
        return switch (failure) {
            case EXPIRED -> "expired at the time in question";
            case NOT_YET_VALID -> "not valid yet at the time in question";
            case SIGNATURE_INVALID -> "not signed by its issuer's key";
            case WEAK_SIGNATURE -> "an algorithm this Java does not allow";
            case KEY_USAGE -> "the issuer's key usage does not allow to sign certificates";
            case POLICY -> "no certificate policy that all issuers agree to";
            case NAME_CONSTRAINT -> "a name outside what an issuer may name";
            case NOT_A_CA -> "issued by a certificate that is no authority";
            case PATH_TOO_LONG -> "more certificates than a pathLenConstraint allows";
            case UNKNOWN_CRITICAL_EXTENSION -> "a critical extension that is not known";
            case NO_PATH -> "issuer and subject do not chain";
            default -> "not a certificate of RFC 5280's form";
        };
    }
}
