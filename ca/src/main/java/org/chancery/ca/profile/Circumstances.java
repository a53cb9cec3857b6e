package org.chancery.ca.profile;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.ledger.KeyHolder;
import org.chancery.pki.certificate.SerialNumber;

/// Under which a decision is taken: all that is neither in the request nor in the profile.
///
/// @param namespace what the issuer's name constraints permit
/// @param publication where the authority's CRLs and certificates are served; no CDP and no AIA without
/// @param holder for whom the requested key was certified before, if ever
/// @param serialNumber drawn for this certificate
public record Circumstances(
        X509Certificate issuer,
        Namespace namespace,
        Optional<Publication> publication,
        Optional<KeyHolder> holder,
        SerialNumber serialNumber,
        Instant now) {}
