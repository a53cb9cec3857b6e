package org.chancery.pki.sealing;

import java.util.Optional;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;

/// Finds and judges the certificate of a letter's signer. Letters carry no certificates; whoever opens one knows
/// where its directory is, at which time the signer counts, and what revocation it knows of.
@FunctionalInterface
public interface SignerPath {
    /// Called once a letter's content is decrypted and before its signature is checked.
    ///
    /// @return the path of that device's certificate, or nothing if none is known
    /// @throws PathValidationException if one is known and not accepted
    Optional<ValidatedPath> find(DeviceId sender) throws PathValidationException;
}
