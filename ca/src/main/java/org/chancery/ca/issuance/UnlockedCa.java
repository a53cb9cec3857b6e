package org.chancery.ca.issuance;

import org.chancery.pki.key.SigningKey;

/// A CA with its key at hand.
record UnlockedCa(Ca ca, SigningKey key) {}
