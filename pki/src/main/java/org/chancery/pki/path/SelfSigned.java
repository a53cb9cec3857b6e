package org.chancery.pki.path;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/// Whether a certificate is its own issuer, by name and by key.
final class SelfSigned {
    private SelfSigned() {}

    static boolean is(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
