package org.chancery.pki.path;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
    /// The sessions of a busy relay, at some 200 octets each.
    private static final int MAX_ENTRIES = 20_000;

    private final Set<ByteBuffer> entries =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Boolean> eldest) {
                    return size() > MAX_ENTRIES;
                }
            }));

    boolean contains(PathCertificate certificate, PublicKey key) {
        return entries.contains(entry(certificate, key));
    }

    void add(PathCertificate certificate, PublicKey key) {
        entries.add(entry(certificate, key));
    }

    /// The digest of the whole certificate, its signature included, and the key: DER, so it says where it ends. A key
    /// kept as the object that it is would be ten times as large.
    private static ByteBuffer entry(PathCertificate certificate, PublicKey key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(Certificates.der(certificate.certificate()));
            return ByteBuffer.wrap(sha256.digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
