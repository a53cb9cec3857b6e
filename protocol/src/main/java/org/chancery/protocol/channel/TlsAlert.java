package org.chancery.protocol.channel;

import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// The alerts that the other side ends a connection with ([RFC 8446 section
/// 6.2](https://www.rfc-editor.org/rfc/rfc8446#section-6.2)), in words.
public enum TlsAlert {
    /// 40.
    HANDSHAKE_FAILURE("the other side found nothing in common with us"),
    /// 42.
    BAD_CERTIFICATE("the other side could not use our certificate"),
    /// 43.
    UNSUPPORTED_CERTIFICATE("the other side does not take this kind of certificate"),
    /// 44.
    CERTIFICATE_REVOKED("the other side says that our certificate has been revoked"),
    /// 45.
    CERTIFICATE_EXPIRED("the other side says that our certificate has run out"),
    /// 46.
    CERTIFICATE_UNKNOWN(
            "the other side refused our certificate: it may be revoked, out of its time, or from an authority that is not"
                    + " trusted there"),
    /// 48.
    UNKNOWN_CA("the other side does not know the authority of our certificate"),
    /// 49.
    ACCESS_DENIED("the other side does not let us in"),
    /// 51.
    DECRYPT_ERROR("the other side could not verify our signature"),
    /// 70.
    PROTOCOL_VERSION("the other side does not speak TLS 1.3"),
    /// 80.
    INTERNAL_ERROR("the other side failed"),
    /// 116.
    CERTIFICATE_REQUIRED("the other side wants a certificate and got none"),
    /// Any other.
    OTHER("the other side ended the connection with an alert");

    private final String meaning;

    TlsAlert(String meaning) {
        this.meaning = meaning;
    }

    /// What it means, as a clause for people.
    public String meaning() {
        return meaning;
    }

    /// The alert that the other side sent, if that is what the exception is about.
    ///
    /// JSSE has it in the text of its exception and nowhere else. It chooses the words for a person and decides
    /// nothing.
    static Optional<TlsAlert> received(SSLException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (!text.contains("received fatal alert")) {
            return Optional.empty();
        }
        for (TlsAlert alert : values()) {
            if (text.endsWith(alert.name().toLowerCase(Locale.ROOT))) {
                return Optional.of(alert);
            }
        }
        return Optional.of(OTHER);
    }
}
