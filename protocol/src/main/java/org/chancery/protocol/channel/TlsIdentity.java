package org.chancery.protocol.channel;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.chancery.pki.keystore.Identity;
import org.jspecify.annotations.Nullable;

/// Who we are and whom we let in, as TLS wants it. Thread safe; one serves every channel of a program.
public final class TlsIdentity {

    private static final String[] PROTOCOLS = {"TLSv1.3"};

    static {
        // A resumed session skips the judge, and with it revocation: no tickets. JSSE reads this when it is first
        // used; a channel whose handshake did not ask the judge is refused all the same.
        System.setProperty("jdk.tls.server.newSessionTicketCount", "0");
    }

    private final SSLContext context;

    /// @param identity what we show
    /// @param judge who is let in
    public TlsIdentity(Identity identity, PeerJudge judge) {
        try {
            context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {new OwnKeyManager(identity)},
                    new TrustManager[] {new PeerTrustManager(judge)},
                    null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    /// TLS over a connected socket, as the relay: a certificate is required.
    SSLSocket relaySide(Socket plain) throws IOException {
        SSLSocket socket = layered(plain, null);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(true);
        return socket;
    }

    /// TLS over a connected socket, as a person.
    ///
    /// @param host goes into the server name indication where it is a name
    SSLSocket personSide(Socket plain, String host) throws IOException {
        SSLSocket socket = layered(plain, host);
        socket.setUseClientMode(true);
        return socket;
    }

    private SSLSocket layered(Socket plain, @Nullable String host) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
        socket.setEnabledProtocols(PROTOCOLS);
        return socket;
    }
}
