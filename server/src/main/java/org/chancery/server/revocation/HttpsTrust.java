package org.chancery.server.revocation;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.chancery.pki.path.PathValidationException;
import org.chancery.protocol.channel.PeerJudge;

/// Whom an https URL of CRLs may belong to: a host that our own authority certified, or one that the JVM trusts.
/// Revocation of its certificate is not looked at, for the lists come from there; what they say, their own
/// signatures prove.
final class HttpsTrust extends X509ExtendedTrustManager {

    private final Supplier<PeerJudge> ours;
    private final X509ExtendedTrustManager everybodys;

    private HttpsTrust(Supplier<PeerJudge> ours, X509ExtendedTrustManager everybodys) {
        this.ours = ours;
        this.everybodys = everybodys;
    }

    /// For a client of HTTP.
    ///
    /// @param ours who judges now, revocation aside
    static SSLContext context(Supplier<PeerJudge> ours) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager everybodys) {
                    SSLContext context = SSLContext.getInstance("TLS");
                    context.init(null, new TrustManager[] {new HttpsTrust(ours, everybodys)}, null);
                    return context;
                }
            }
            throw new IllegalStateException("this Java platform judges no certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS and PKIX", e);
        }
    }

    /// The client asks with the engine, and has told it to hold the name against the certificate.
    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            ours.get().relay(List.of(presented), engine.getPeerHost());
        } catch (PathValidationException e) {
            try {
                everybodys.checkServerTrusted(presented, authType, engine);
            } catch (CertificateException theirs) {
                theirs.addSuppressed(e);
                throw theirs;
            }
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return everybodys.getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType, Socket socket)
            throws CertificateException {
        throw unheard();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType) throws CertificateException {
        throw unheard();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
            throws CertificateException {
        throw unheard();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType, Socket socket)
            throws CertificateException {
        throw unheard();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType) throws CertificateException {
        throw unheard();
    }

    private static CertificateException unheard() {
        return new CertificateException("only servers of HTTP are judged here");
    }
}
