package org.chancery.pki.revocation;

import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// What makes one list a newer issue of another: the same issuer, key and scope, and both complete or both
/// deltas. Within a line numbers only rise (RFC 5280 section 5.2.3), so the highest counts.
///
/// The key belongs to it because an authority that changes its key signs with both for a while, and because
/// two authorities may bear one name: neither's list takes the place of the other's.
///
/// @param authorityKeyIdentifier in lower-case hex; empty if the lists do not say
public record CrlLine(X500Principal issuer, Optional<String> authorityKeyIdentifier, CrlScope scope, boolean delta) {}
