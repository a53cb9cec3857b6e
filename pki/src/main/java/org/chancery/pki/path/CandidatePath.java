package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// A chain of names from the target to an anchor, not judged yet.
///
/// @param certificates the target first, without the anchor
record CandidatePath(List<X509Certificate> certificates, X509Certificate anchor) {
    CandidatePath {
        certificates = List.copyOf(certificates);
    }

    X509Certificate target() {
        return certificates.getFirst();
    }

    int length() {
        return certificates.size();
    }

    /// The certificate whose key signed that one; the last one's is the anchor.
    X509Certificate issuerOf(int index) {
        return index + 1 < certificates.size() ? certificates.get(index + 1) : anchor;
    }

    /// The path and, at its end, the anchor.
    List<X509Certificate> withAnchor() {
        List<X509Certificate> all = new ArrayList<>(certificates);
        all.add(anchor);
        return all;
    }
}
