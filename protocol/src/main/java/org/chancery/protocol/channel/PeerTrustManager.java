package org.chancery.protocol.channel;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;

/// What JSSE asks about the other side's certificates; hands them to the [PeerJudge] of this channel's
/// [Handshake].
final class PeerTrustManager extends X509ExtendedTrustManager {

    private final PeerJudge judge;

    PeerTrustManager(PeerJudge judge) {
        this.judge = judge;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType, Socket socket)
            throws CertificateException {
        judge(presented);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType, Socket socket)
            throws CertificateException {
        judge(presented);
    }

    private void judge(X509Certificate[] presented) throws CertificateException {
        try {
            Handshake.CURRENT.get().judge(judge, List.of(presented));
        } catch (PathValidationException e) {
            // JSSE picks the alert by the cause's reason.
            var reason = new CertPathValidatorException(e.getMessage(), e, null, -1, alertReason(e.failure()));
            throw new CertificateException(e.getMessage(), reason);
        }
    }

    private static CertPathValidatorException.Reason alertReason(PathFailure failure) {
        return switch (failure) {
            case EXPIRED -> CertPathValidatorException.BasicReason.EXPIRED;
            case REVOKED -> CertPathValidatorException.BasicReason.REVOKED;
            default -> CertPathValidatorException.BasicReason.UNSPECIFIED;
        };
    }

    /// None: the other side has one certificate and shows it.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
            throws CertificateException {
        throw unheard();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
            throws CertificateException {
        throw unheard();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType) throws CertificateException {
        throw unheard();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType) throws CertificateException {
        throw unheard();
    }

    private static CertificateException unheard() {
        return new CertificateException("only sockets are judged");
    }
}
