package org.chancery.ca.doctor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.issuance.Authority;

/// Whom the doctor looks at.
///
/// @param passphraseFile where the passphrase stands, if it stands in a file
public record Patient(Authority authority, Instant now, Versions versions, Optional<Path> passphraseFile) {}
