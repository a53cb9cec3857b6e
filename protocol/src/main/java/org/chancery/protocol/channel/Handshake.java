package org.chancery.protocol.channel;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;
import org.jspecify.annotations.Nullable;

/// One handshake while it runs: what JSSE's one shared trust manager has to know of it, and what it found. Bound
/// to the thread that shakes hands; JSSE calls its trust manager on no other.
final class Handshake {

    static final ScopedValue<Handshake> CURRENT = ScopedValue.newInstance();

    /// What a handshake proves.
    ///
    /// @param peer the person, where we are the relay
    record Outcome(ValidatedPath path, Optional<Peer> peer) {}

    private final @Nullable String expectedHost;
    private @Nullable ValidatedPath path;
    private @Nullable PathValidationException refusal;

    private Handshake(@Nullable String expectedHost) {
        this.expectedHost = expectedHost;
    }

    /// We are the relay, and want a person.
    static Handshake withPerson() {
        return new Handshake(null);
    }

    /// We are a person, and want the relay of this name or IP address.
    static Handshake withRelay(String host) {
        return new Handshake(host);
    }

    /// Shakes hands.
    Outcome run(SSLSocket tls, BufferedSocket buffered) throws HandshakeException {
        try {
            ScopedValue.where(CURRENT, this).call(() -> {
                tls.startHandshake();
                return this;
            });
            buffered.establish();
        } catch (IOException e) {
            throw explain(e, buffered);
        }
        ValidatedPath proved = path;
        if (proved == null) {
            // Resumption, which is switched off, would be the way to come here.
            throw HandshakeException.of(
                    HandshakeFailure.FAILED,
                    "the other side's certificate was not judged",
                    new SSLException("handshake without certificates"));
        }
        tls.getSession().invalidate();
        return new Outcome(proved, expectedHost == null ? Optional.of(person(proved)) : Optional.empty());
    }

    /// Asked by the trust manager.
    void judge(PeerJudge judge, List<X509Certificate> presented) throws PathValidationException {
        try {
            path = expectedHost == null ? judge.person(presented) : judge.relay(presented, expectedHost);
        } catch (PathValidationException e) {
            refusal = e;
            throw e;
        }
    }

    private static Peer person(ValidatedPath path) throws HandshakeException {
        try {
            return Peer.from(path);
        } catch (MalformedNameException e) {
            throw HandshakeException.of(
                    HandshakeFailure.CERTIFICATE_REFUSED, "certificate refused: " + e.getMessage(), e);
        }
    }

    /// What JSSE's exception means, judged by what was asked and answered before it.
    private HandshakeException explain(IOException e, BufferedSocket buffered) {
        if (refusal != null) {
            return HandshakeException.refusing(refusal);
        }
        if (e instanceof SocketTimeoutException) {
            return HandshakeException.of(HandshakeFailure.TIMEOUT, "the handshake was not finished in time", e);
        }
        if (!(e instanceof SSLException tls) || hungUp(e)) {
            return HandshakeException.of(
                    HandshakeFailure.DISCONNECTED, "the other side hung up during the handshake", e);
        }
        Optional<TlsAlert> alert = TlsAlert.received(tls);
        if (alert.isPresent()) {
            return HandshakeException.refusedWith(alert.get(), e);
        }
        boolean relay = expectedHost == null;
        if (relay && e instanceof SSLHandshakeException && !buffered.answered()) {
            return HandshakeException.of(
                    HandshakeFailure.NO_COMMON_VERSION,
                    "the other side offers nothing in common with us; only TLS 1.3 is spoken here",
                    e);
        }
        if (relay && e instanceof SSLHandshakeException && path == null) {
            return HandshakeException.of(HandshakeFailure.NO_CERTIFICATE, "the other side showed no certificate", e);
        }
        if (relay && !buffered.answered()) {
            return HandshakeException.of(HandshakeFailure.NOT_TLS, "what the other side sends is not TLS", e);
        }
        return HandshakeException.of(HandshakeFailure.FAILED, "TLS failed: " + e.getMessage(), e);
    }

    private static boolean hungUp(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof SocketException) {
                return true;
            }
        }
        return false;
    }
}
