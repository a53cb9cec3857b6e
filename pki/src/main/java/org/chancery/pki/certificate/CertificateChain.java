package org.chancery.pki.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Certificates of one path, leaf first, each issued by the next; usually without the anchor. As handed over:
/// whether it leads anywhere is for the path validator to say.
public record CertificateChain(List<X509Certificate> certificates) {
    /// Longer than any path that is accepted.
    public static final int MAX_CERTIFICATES = 10;

    /// @throws IllegalArgumentException if there is none, or more than [#MAX_CERTIFICATES]
    public CertificateChain {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() || certificates.size() > MAX_CERTIFICATES) {
            throw new IllegalArgumentException(
                    "chain of %d certificates, 1 to %d".formatted(certificates.size(), MAX_CERTIFICATES));
        }
    }

    /// A chain of these, leaf first.
    public static CertificateChain of(X509Certificate... leafFirst) {
        return new CertificateChain(List.of(leafFirst));
    }

    /// Reads a chain from DER certificates, leaf first.
    ///
    /// @throws MalformedCertificateException if one is malformed, there are none or too many, or one does
    ///     not bear the next one's subject as its issuer
    public static CertificateChain parse(List<byte[]> certificatesDer) throws MalformedCertificateException {
        if (certificatesDer.isEmpty() || certificatesDer.size() > MAX_CERTIFICATES) {
            throw new MalformedCertificateException(
                    certificatesDer.isEmpty() ? CertificateFailure.NOT_A_CHAIN : CertificateFailure.TOO_LARGE,
                    "chain of %d certificates, 1 to %d expected".formatted(certificatesDer.size(), MAX_CERTIFICATES));
        }
        List<X509Certificate> certificates = new ArrayList<>(certificatesDer.size());
        for (byte[] der : certificatesDer) {
            certificates.add(Certificates.parse(der));
        }
        for (int i = 1; i < certificates.size(); i++) {
            if (!certificates
                    .get(i - 1)
                    .getIssuerX500Principal()
                    .equals(certificates.get(i).getSubjectX500Principal())) {
                throw new MalformedCertificateException(
                        CertificateFailure.NOT_A_CHAIN, "certificate %d did not issue the one before it".formatted(i));
            }
        }
        return new CertificateChain(certificates);
    }

    /// The certificate that the others vouch for.
    public X509Certificate leaf() {
        return certificates.getFirst();
    }

    /// The others, nearest to the leaf first; may be empty.
    public List<X509Certificate> issuers() {
        return certificates.subList(1, certificates.size());
    }
}
