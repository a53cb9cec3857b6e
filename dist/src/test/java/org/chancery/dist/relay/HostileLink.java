package org.chancery.dist.relay;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.chancery.pki.keystore.Identity;
import org.chancery.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;

/// An attacker's connection: TLS by whatever certificate, and octets of their own below the frames.
final class HostileLink implements Closeable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket plain;
    private final SSLSocket tls;

    private HostileLink(Socket plain, SSLSocket tls) {
        this.plain = plain;
        this.tls = tls;
    }

    /// Who somebody says they are, for as many connections as they like.
    static SSLContext context(Identity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {new Shown(identity)}, new TrustManager[] {new Gullible()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    /// A connected socket, without TLS.
    static Socket plain(InetAddress from, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// Shakes hands. The relay's refusal of our certificate comes after our side of it is over.
    static HostileLink open(SSLContext context, InetAddress from, int port) throws IOException {
        Socket plain = plain(from, port);
        try {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, port, true);
            tls.startHandshake();
            return new HostileLink(plain, tls);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /// Says Hello, and waits for the first octets of the answer.
    HostileLink greet() throws IOException {
        say(BlankLetters.octets(new Frame.Hello(Frame.VERSION, Optional.empty(), "attacker")));
        if (tls.getInputStream().read() < 0) {
            throw new IOException("not greeted");
        }
        return this;
    }

    void say(byte[] octets) throws IOException {
        tls.getOutputStream().write(octets);
    }

    OutputStream out() throws IOException {
        return tls.getOutputStream();
    }

    /// Reads whatever comes, and forgets it, until the end.
    void listen() {
        Thread.ofVirtual().start(this::hearOut);
    }

    /// The same, on this thread.
    void hearOut() {
        byte[] scrap = new byte[16 << 10];
        try {
            plain.setSoTimeout(0);
            InputStream in = tls.getInputStream();
            int count = 0;
            while (count >= 0) {
                count = in.read(scrap);
            }
        } catch (IOException e) {
            return; // sent away
        }
    }

    /// Without ceremony.
    @Override
    public void close() throws IOException {
        plain.close();
    }

    /// Shows the same certificates to everybody.
    private static final class Shown extends X509ExtendedKeyManager {
        private final Identity identity;

        Shown(Identity identity) {
            this.identity = identity;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return "shown";
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return "shown";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.chain().certificates().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key().exposedPrivateKey();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {"shown"};
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }

    /// Believes anybody: an attacker does not mind whom they attack.
    private static final class Gullible extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
