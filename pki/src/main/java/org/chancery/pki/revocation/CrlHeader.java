package org.chancery.pki.revocation;

import java.math.BigInteger;
import java.time.Instant;
import javax.security.auth.x500.X500Principal;

/// What a CRL says of itself.
record CrlHeader(X500Principal issuer, BigInteger number, Instant thisUpdate, Instant nextUpdate) {}
