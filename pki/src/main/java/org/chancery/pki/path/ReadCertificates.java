package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

/// Certificates that one [PathValidator] has read before: what a certificate says, it says for ever, and who judges
/// thousands of letters of few people reads the same few again and again. Thread safe; the least recently asked for is
/// forgotten first.
final class ReadCertificates {
    private final int most;
    private final Map<X509Certificate, PathCertificate> read;

    /// @param most to remember, at some kilobytes each; 0 for none
    ReadCertificates(int most) {
        this.most = most;
        this.read = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<X509Certificate, PathCertificate> eldest) {
                return size() > ReadCertificates.this.most;
            }
        };
    }

    /// What a certificate says. Compared by its octets.
    PathCertificate of(X509Certificate certificate) {
        if (most == 0) {
            return PathCertificate.of(certificate);
        }
        synchronized (read) {
            PathCertificate known = read.get(certificate);
            if (known != null) {
                return known;
            }
        }
        PathCertificate fresh = PathCertificate.of(certificate);
        synchronized (read) {
            read.put(certificate, fresh);
        }
        return fresh;
    }
}
