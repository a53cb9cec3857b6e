package org.chancery.pki.path;

import java.security.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.chancery.pki.certificate.Certificates;

/// Signatures that were found good before, by one [PathValidator]: what a key has signed it has signed for
/// ever. A relay judges every live session again whenever a CRL changes, and verifying is most of what that
/// costs. Thread safe; the least recently asked for is forgotten first.
final class VerifiedSignatures {
    /// The sessions of a busy relay, at some 250 octets each.
    private static final int MAX_ENTRIES = 20_000;

    private final Set<Verified> entries =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Verified, Boolean> eldest) {
                    return size() > MAX_ENTRIES;
                }
            }));

    private record Verified(String sha256, PublicKey key) {}

    boolean contains(PathCertificate certificate, PublicKey key) {
        return entries.contains(entry(certificate, key));
    }

    void add(PathCertificate certificate, PublicKey key) {
        entries.add(entry(certificate, key));
    }

    /// By the digest of the whole certificate, its signature included.
    private static Verified entry(PathCertificate certificate, PublicKey key) {
        return new Verified(Certificates.sha256Fingerprint(certificate.certificate()), key);
    }
}
