package org.chancery.pki.request;

/// Why a request was refused.
public enum CertificateRequestFailure {
    /// Not a PKCS #10 request in DER.
    MALFORMED,
    /// More octets than any honest request needs.
    TOO_LARGE,
    /// A key that is not RSA or EC, or that is too weak.
    KEY_UNSUPPORTED,
    /// Signed with MD5, SHA-1 or something unknown.
    SIGNATURE_ALGORITHM_UNSUPPORTED,
    /// The signature does not verify under the key in the request: possession is not proved.
    SIGNATURE_INVALID
}
