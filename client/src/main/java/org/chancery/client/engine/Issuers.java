package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;

/// Certificates of authorities for building paths; none is believed for being found here.
final class Issuers {
    private Issuers() {}

    /// Those that an answer brings, and those on one's own path.
    static Set<X509Certificate> of(DirectoryAnswer answer, Desk desk) {
        Set<X509Certificate> issuers =
                new LinkedHashSet<>(desk.identity().chain().issuers());
        answer.entries().forEach(entry -> issuers.addAll(entry.chain().issuers()));
        return issuers;
    }
}
