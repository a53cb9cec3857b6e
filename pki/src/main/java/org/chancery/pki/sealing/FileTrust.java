package org.chancery.pki.sealing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Revocation;

/// Whose signature on a file counts.
///
/// @param validator judges the signer's path
/// @param revocation how
/// @param at when
/// @param from the signer must be one of these; empty for anyone whose path is accepted
public record FileTrust(PathValidator validator, Revocation revocation, Instant at, List<X509Certificate> from) {
    public FileTrust {
        from = List.copyOf(from);
    }
}
