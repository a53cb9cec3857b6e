package org.chancery.pki.revocation;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/// Who says that it answered (ResponderID, RFC 6960 section 4.2.1).
public sealed interface OcspResponderId {
    /// Whether this certificate's subject and key are meant.
    boolean means(X509Certificate responder);

    /// By the subject of its certificate.
    record ByName(X500Principal name) implements OcspResponderId {
        @Override
        public boolean means(X509Certificate responder) {
            return name.equals(responder.getSubjectX500Principal());
        }
    }

    /// By the SHA-1 of its key, in lower-case hex.
    record ByKey(String keyHash) implements OcspResponderId {
        /// The identifier of a certificate's key.
        public static ByKey of(X509Certificate responder) {
            return new ByKey(OcspCertId.keyHash(OcspCertId.Hash.SHA_1, responder.getPublicKey()));
        }

        @Override
        public boolean means(X509Certificate responder) {
            return equals(of(responder));
        }
    }
}
