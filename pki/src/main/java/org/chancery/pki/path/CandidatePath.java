package org.chancery.pki.path;

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

    /// The certificate of that index and what is above it.
    Link link(int index) {
        return new Link(certificates.get(index), issuerOf(index), index, index == certificates.size() - 1);
    }

    /// Its lower end, of so many certificates, with the next one in the place of the anchor.
    CandidatePath upTo(int length) {
        return length == certificates.size()
                ? this
                : new CandidatePath(certificates.subList(0, length), certificates.get(length));
    }
}
