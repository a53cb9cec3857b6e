package org.chancery.pki.path;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.name.CanonicalName;

/// Finds who may have signed a CRL or an OCSP response: certificates of a name, each with a path to the
/// anchor of the candidate it is needed for and to no other (RFC 5280 section 6.3.3 (f)).
///
/// The paths found are good in all but revocation, which whoever asks judges next: a signer's own
/// certificate can be revoked too. What is asked once more within one request is answered from memory.
final class SignerPaths {
    /// Paths whose first certificate has this subject and may use its key so; those whose key identifier
    /// fits first. The anchor of the candidate itself is a path without certificates.
    ///
    /// @param more certificates that came with what was signed, beyond those of the request
    /// @param authorityKeyIdentifier a hint only
    List<CandidatePath> find(
            CanonicalName subject,
            Optional<KeyIdentifier> authorityKeyIdentifier,
            KeyUsage usage,
            Collection<PathCertificate> more)
            throws PathValidationException {
        return List.of();
    }
}
