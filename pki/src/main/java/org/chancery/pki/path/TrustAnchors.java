package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// The certificates that are believed because somebody said so. They need not be self-signed. None is none: nothing
/// is accepted then. In the order given, for messages.
public record TrustAnchors(Set<X509Certificate> certificates) {
    public TrustAnchors {
        certificates = Collections.unmodifiableSet(new LinkedHashSet<>(certificates));
    }

    /// These.
    public static TrustAnchors of(X509Certificate... certificates) {
        return new TrustAnchors(new LinkedHashSet<>(List.of(certificates)));
    }

    /// All certificates of a file, PEM or DER.
    ///
    /// @throws MalformedPemException if there is none
    /// @throws MalformedCertificateException if one is none
    public static TrustAnchors parsePem(byte[] pemOrDer) throws MalformedPemException, MalformedCertificateException {
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        for (byte[] der : Pem.derOf(pemOrDer, PemLabel.CERTIFICATE)) {
            certificates.add(Certificates.parse(der));
        }
        return new TrustAnchors(certificates);
    }

    /// All of both: for a root that is being replaced.
    public TrustAnchors and(TrustAnchors others) {
        Set<X509Certificate> all = new LinkedHashSet<>(certificates);
        all.addAll(others.certificates);
        return new TrustAnchors(all);
    }
}
