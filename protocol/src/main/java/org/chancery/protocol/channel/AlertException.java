package org.chancery.protocol.channel;

import java.io.IOException;

/// The other side ended an established connection with an alert. In TLS 1.3 a client learns only now that the
/// relay does not take its certificate: the client's own handshake was over before the relay had looked.
public final class AlertException extends IOException {

    private static final long serialVersionUID = 1L;

    private final TlsAlert alert;

    AlertException(TlsAlert alert, Throwable cause) {
        super(alert.meaning(), cause);
        this.alert = alert;
    }

    /// What the other side said.
    public TlsAlert alert() {
        return alert;
    }
}
