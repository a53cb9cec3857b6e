package org.chancery.pki.path;

import java.util.Locale;

/// Why a certificate is not accepted. Names are stable: scripts and the protocol repeat them.
///
/// From what says the least to what says the most: what is found later in judging stands later, for everything before
/// it was right. Of several candidates' failures the latest is told.
public enum PathFailure {
    /// No chain of issuers leads to an anchor.
    NO_PATH,
    /// The target is signed by its own key and is no anchor.
    SELF_SIGNED_NOT_TRUSTED,
    SIGNATURE_INVALID,
    /// An issuer is no certificate authority.
    NOT_A_CA,
    /// A certificate breaks the profile: duplicate extension, negative or overlong serial, contradicting
    /// algorithms.
    MALFORMED,
    UNKNOWN_CRITICAL_EXTENSION,
    /// Signed with MD5, SHA-1 or what else is not accepted.
    WEAK_SIGNATURE,
    WEAK_KEY,
    /// Longer than a pathLenConstraint, or than the request, allows.
    PATH_TOO_LONG,
    /// A name lies outside what an issuer may name.
    NAME_CONSTRAINT,
    NOT_YET_VALID,
    EXPIRED,
    /// No certificate policy is left that all issuers agree to.
    POLICY,
    /// A key usage does not allow what the key is used for.
    KEY_USAGE,
    /// An extended key usage does not allow the purpose.
    PURPOSE_NOT_ALLOWED,
    /// The certificate is for another address or host than expected.
    NAME_MISMATCH,
    /// Revocation is to be checked, and no CRL covers the certificate for all reasons.
    CRL_MISSING,
    /// Revocation is to be checked by OCSP alone, and no response is about the certificate.
    OCSP_MISSING,
    /// The CRL is signed by nobody who may sign it, or from the future.
    CRL_INVALID,
    /// An OCSP response that neither the issuer nor its delegate signed, or from the future.
    OCSP_INVALID,
    /// The OCSP responder does not know the certificate.
    OCSP_UNKNOWN,
    /// The newest CRL is past its nextUpdate and the grace.
    CRL_STALE,
    /// The OCSP answer is past its nextUpdate and the grace, or has none.
    OCSP_STALE,
    REVOKED,
    /// So many certificates with the same names that the search was given up.
    TOO_COMPLEX;

    /// Whether a newer CRL may decide it: nothing is known against the certificate.
    public boolean awaitsCrl() {
        return this == CRL_MISSING || this == CRL_INVALID || this == CRL_STALE;
    }

    /// Its name as people read it: `not yet valid`.
    public String inWords() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
