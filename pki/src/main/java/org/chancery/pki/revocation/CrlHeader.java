package org.chancery.pki.revocation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// What a CRL says of itself.
///
/// @param authorityKeyIdentifier in lower-case hex
/// @param baseNumber of a delta: the list it continues
/// @param expiredSince from when on certificates stay listed after they have expired
record CrlHeader(
        X500Principal issuer,
        BigInteger number,
        Instant thisUpdate,
        Instant nextUpdate,
        CrlScope scope,
        Optional<String> authorityKeyIdentifier,
        Optional<BigInteger> baseNumber,
        Optional<Instant> expiredSince) {}
