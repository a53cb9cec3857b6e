package org.chancery.client.connection;

import java.io.IOException;
import java.net.UnknownHostException;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.TlsAlert;
import org.chancery.protocol.frame.Frame.Goodbye;

/// What failures and farewells mean: whether it makes sense to come back.
final class Losses {
    private Losses() {}

    static Loss of(HandshakeException e) {
        String clause = String.valueOf(e.getMessage());
        return switch (e.failure()) {
            case CERTIFICATE_REFUSED, NO_CERTIFICATE -> new Loss.Final(EndReason.RELAY_NOT_TRUSTED, clause);
            case NO_COMMON_VERSION -> new Loss.Final(EndReason.INCOMPATIBLE, clause);
            case REFUSED_BY_PEER -> e.alert().map(Losses::of).orElseGet(() -> new Loss.Broken(clause));
            case TIMEOUT, NOT_TLS, DISCONNECTED, FAILED -> new Loss.Broken(clause);
        };
    }

    static Loss of(TlsAlert alert) {
        return switch (alert) {
            case CERTIFICATE_REVOKED -> new Loss.Final(EndReason.REVOKED, alert.meaning());
            case CERTIFICATE_EXPIRED -> new Loss.Final(EndReason.EXPIRED, alert.meaning());
            case BAD_CERTIFICATE,
                    UNSUPPORTED_CERTIFICATE,
                    CERTIFICATE_UNKNOWN,
                    UNKNOWN_CA,
                    ACCESS_DENIED,
                    DECRYPT_ERROR,
                    CERTIFICATE_REQUIRED -> new Loss.Final(EndReason.REFUSED, alert.meaning());
            case PROTOCOL_VERSION -> new Loss.Final(EndReason.INCOMPATIBLE, alert.meaning());
            case HANDSHAKE_FAILURE, INTERNAL_ERROR, OTHER -> new Loss.Broken(alert.meaning());
        };
    }

    static Loss of(Goodbye goodbye) {
        return switch (goodbye.code()) {
            case REVOKED -> new Loss.Final(EndReason.REVOKED, goodbye.detail());
            case EXPIRED -> new Loss.Final(EndReason.EXPIRED, goodbye.detail());
            case REPLACED -> new Loss.Final(EndReason.REPLACED, goodbye.detail());
            case UNTRUSTED -> new Loss.Final(EndReason.REFUSED, goodbye.detail());
            case DRAINING -> new Loss.Broken("the relay is stopping", goodbye.comeBackIn());
            case REVOCATION_STALE ->
                new Loss.Broken("the relay's revocation lists are too old to judge by", goodbye.comeBackIn());
            case IDLE, PROTOCOL, TOO_SLOW, CROWDED, DISCONNECTED, FAILURE ->
                new Loss.Broken("the relay ended the session: " + goodbye.detail(), goodbye.comeBackIn());
        };
    }

    /// A network failure in the words of the system, which people search for. Of a name that nobody knows it says no
    /// more than the name.
    static Loss of(IOException e, RelayAddress relay) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String detail = e instanceof UnknownHostException ? "no host of that name is known" : said;
        return new Loss.Broken("cannot reach " + relay + ": " + detail);
    }
}
