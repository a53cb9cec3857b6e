package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.path.ValidatedPath;

/// The names in certificates, as people read them.
final class PathNames {
    private PathNames() {}

    /// The certificate's own name first, the anchor's last.
    static List<String> of(ValidatedPath path) {
        List<String> names = new ArrayList<>(of(path.chain()));
        names.add(name(path.anchor()));
        return names;
    }

    /// The certificate's own name first, then its issuers' as far as the chain goes.
    static List<String> of(CertificateChain chain) {
        return chain.certificates().stream().map(PathNames::name).toList();
    }

    /// The name for display in the subject, where it has one.
    static Optional<String> displayName(CertificateChain chain) {
        return DistinguishedName.of(chain.leaf().getSubjectX500Principal()).displayName();
    }

    private static String name(X509Certificate certificate) {
        DistinguishedName subject = DistinguishedName.of(certificate.getSubjectX500Principal());
        return subject.commonName().orElseGet(subject::toString);
    }
}
