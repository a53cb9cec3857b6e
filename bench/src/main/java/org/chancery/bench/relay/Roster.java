package org.chancery.bench.relay;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.keystore.Identity;
import org.jspecify.annotations.Nullable;

/// Who connects, by number: people with an address each, and the devices of one team, which share one.
final class Roster {

    /// The numbers from here on are the team's devices.
    static final int TEAM = 1_000_000;

    private static final String TEAM_ADDRESS = "team@lab.example";

    private final BenchAuthority authority;
    private final People people;
    private final X509Certificate issuing;

    private Roster(BenchAuthority authority, People people, X509Certificate issuing) {
        this.authority = authority;
        this.people = people;
        this.issuing = issuing;
    }

    static Roster of(BenchAuthority authority, Path file, int count) throws IOException {
        try {
            return new Roster(authority, People.of(authority, file, count), Certificates.parse(authority.issuingDer()));
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException("our own certificate", e);
        }
    }

    /// Somebody, with a key; computed anew.
    Identity identity(int number) {
        return number < TEAM
                ? people.identity(number)
                : authority.device(people.key(people.count() - 1 - (number - TEAM)), TEAM_ADDRESS);
    }

    /// TLS as that person, of its own: nothing can be resumed.
    SSLContext context(Identity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {new OneKey(identity.key().exposedPrivateKey(), identity.chain())},
                    new TrustManager[] {new OneIssuer(issuing.getPublicKey())},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    /// Shows one certificate to everybody.
    private static final class OneKey extends X509ExtendedKeyManager {

        private static final String ALIAS = "person";

        private final PrivateKey key;
        private final CertificateChain chain;

        OneKey(PrivateKey key, CertificateChain chain) {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.certificates().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }

    /// Lets in what our issuing CA has signed.
    private static final class OneIssuer extends X509ExtendedTrustManager {

        private final PublicKey issuer;

        OneIssuer(PublicKey issuer) {
            this.issuer = issuer;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                chain[0].verify(issuer);
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no client comes here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no client comes here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no client comes here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
