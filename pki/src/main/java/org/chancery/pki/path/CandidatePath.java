package org.chancery.pki.path;

import java.util.ArrayList;
import java.util.List;

/// A chain of names from the target to an anchor, not judged yet.
///
/// @param certificates the target first, without the anchor; none where the anchor itself is what is looked
/// for
record CandidatePath(List<PathCertificate> certificates, PathCertificate anchor) {
    CandidatePath {
        certificates = List.copyOf(certificates);
    }

    /// What the path is for: its first certificate.
    PathCertificate target() {
        return certificates.isEmpty() ? anchor : certificates.getFirst();
    }

    /// The number of certificates, the anchor not counted.
    int length() {
        return certificates.size();
    }

    /// The certificate whose key signed that one; the last one's is the anchor.
    PathCertificate issuerOf(int index) {
        return index + 1 < certificates.size() ? certificates.get(index + 1) : anchor;
    }

    /// The path and, at its end, the anchor.
    List<PathCertificate> withAnchor() {
        List<PathCertificate> all = new ArrayList<>(certificates);
        all.add(anchor);
        return all;
    }
}
