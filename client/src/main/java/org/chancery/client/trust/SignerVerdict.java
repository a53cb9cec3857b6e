package org.chancery.client.trust;

import java.time.Instant;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.RevocationReason;

/// What [DeviceJudge] says of the signer of a letter, at the time at which the relay took the letter.
public sealed interface SignerVerdict {
    /// The path held then.
    record Accepted(ValidatedPath path) implements SignerVerdict {}

    /// A certificate of the path had been revoked by then.
    record Revoked(Instant since, RevocationReason reason) implements SignerVerdict {}

    /// The path did not hold then.
    record Refused(PathFailure failure, String detail) implements SignerVerdict {}

    /// Cannot be said without a newer revocation list.
    record Undecided(String why) implements SignerVerdict {}
}
