package org.chancery.protocol.channel;

/// Why a connection did not become a channel.
public enum HandshakeFailure {
    /// The other side did not finish in time.
    TIMEOUT,
    /// What arrived is not TLS.
    NOT_TLS,
    /// The other side has neither TLS 1.3 nor a cipher suite in common with us.
    NO_COMMON_VERSION,
    /// The other side showed no certificate.
    NO_CERTIFICATE,
    /// We do not accept the other side's certificate; the exception says which rule refuses it.
    CERTIFICATE_REFUSED,
    /// The other side refused us; the exception says with which alert.
    REFUSED_BY_PEER,
    /// The other side hung up.
    DISCONNECTED,
    /// TLS failed in another way.
    FAILED
}
