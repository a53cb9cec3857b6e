package org.chancery.pki.keystore;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.keystore.SafeBags.CertificateBag;

/// Finds the chain of a key among the certificates of a keystore, which stand there in any order.
final class StoredChain {
    private StoredChain() {}

    /// The key's certificate and its issuers by name. A self-signed end is left out, unless it is the key's own: a
    /// root is trusted because it is pinned, not because it is sent along.
    ///
    /// @throws KeyStoreFileException `NO_CERTIFICATE` if none is for the key, `TOO_LARGE` if the chain is too long
    static CertificateChain of(PrivateKey key, SafeBags bags) throws KeyStoreFileException {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(leaf(key, bags));
        while (next.isPresent()) {
            if (chain.size() == CertificateChain.MAX_CERTIFICATES) {
                throw new KeyStoreFileException(
                        KeyStoreFailure.TOO_LARGE, "a chain of more than %d certificates".formatted(chain.size()));
            }
            chain.add(next.get());
            next = issuerOf(chain, bags);
        }
        return new CertificateChain(chain);
    }

    /// The certificate that the file ties to the key, if it is for that key; else any that is.
    private static X509Certificate leaf(PrivateKey key, SafeBags bags) throws KeyStoreFileException {
        byte[] keyId = bags.key().localKeyId();
        return bags.certificates().stream()
                .filter(bag -> !bag.trusted())
                .sorted(Comparator.comparing(bag -> !Arrays.equals(bag.localKeyId(), keyId)))
                .map(CertificateBag::certificate)
                .filter(certificate -> PrivateKeys.belongTogether(key, certificate.getPublicKey()))
                .findFirst()
                .orElseThrow(() -> new KeyStoreFileException(
                        KeyStoreFailure.NO_CERTIFICATE, "no certificate for the private key in the keystore"));
    }

    private static Optional<X509Certificate> issuerOf(List<X509Certificate> chain, SafeBags bags) {
        X509Certificate last = chain.getLast();
        return bags.certificates().stream()
                .filter(bag -> !bag.trusted())
                .map(CertificateBag::certificate)
                .filter(issuer -> issuer.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                .filter(issuer -> !isSelfIssued(issuer) && !chain.contains(issuer))
                .findFirst();
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
