package org.chancery.pki.envelope;

/// A letter together with one reader's recipient: what is delivered.
public record StapledEnvelope(Letter letter, KeyTransRecipient recipient) {}
