package org.chancery.client.chat;

/// What the certificates of a contact say today, by our own judgement and never by the relay's word.
public enum Trust {
    /// At least one device holds a certificate that validates to the pinned root and is not revoked.
    TRUSTED,
    /// Every certificate that would otherwise hold is revoked.
    REVOKED,
    /// Every certificate is past its notAfter.
    EXPIRED,
    /// No certificate is known, or none validates.
    UNKNOWN
}
