package org.chancery.ca.issuance;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// A root and an issuing CA that were just made.
///
/// @param keptAside where what had been in the directory before lies now
public record Founded(AuthorityHome home, X509Certificate root, X509Certificate issuing, Optional<Path> keptAside) {}
