package org.chancery.client.store;

import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Seal;

/// A letter that is ready to be published. Committed before it is sent, so that every attempt sends the same
/// octets.
///
/// @param seal of its epoch; empty where the relay has that with an earlier letter
/// @param sealedAt when it was signed: a reader refuses it where the relay takes it minutes later
public record SealedLetter(Optional<Seal> seal, Letter letter, Instant sealedAt) {}
