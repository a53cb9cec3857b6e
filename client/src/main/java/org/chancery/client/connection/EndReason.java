package org.chancery.client.connection;

/// Why a connection is over for good: another attempt would end the same way.
public enum EndReason {
    /// One's own certificate has been revoked.
    REVOKED,
    /// One's own certificate is past its notAfter.
    EXPIRED,
    /// Another program connected as the same device.
    REPLACED,
    /// The relay does not accept one's certificate for another reason.
    REFUSED,
    /// The relay's own certificate is not acceptable, so nothing was said to it.
    RELAY_NOT_TRUSTED,
    /// The two sides have no protocol version in common.
    INCOMPATIBLE
}
