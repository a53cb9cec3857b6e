package org.chancery.client.store;

import java.time.Instant;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Seal;

/// A letter that is ready to be published, with the seal that it stands under. Committed before it is sent, so that
/// every attempt sends the same octets.
///
/// @param sealedAt when it was signed: a reader refuses it where the relay takes it minutes later
public record SealedLetter(Seal seal, Letter letter, Instant sealedAt) {}
