package org.chancery.pki.sealing;

import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.envelope.KeyTransRecipient;

/// The keys of recent seals, by their wraps: RSA is spent once a seal, not once a letter (5 ms against 0.1 ms).
///
/// Letters may be opened on several threads; the lock guards the maps and is not held while RSA works, so two
/// threads may unwrap one key at once, to the same end. Callers get copies, because what is evicted is wiped.
final class UnwrappedKeys implements AutoCloseable {
    /// Enough for every sender of a large room; 32 octets each.
    private static final int CAPACITY = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<KeyTransRecipient, ContentKey> recent = new LinkedHashMap<>(16, 0.75f, true);

    /// Keys that nothing is kept of any longer. One a week is what a device destroys.
    private final Set<ByteBuffer> forgotten = new HashSet<>();

    private boolean closed;

    /// @param own the key that the recipient names
    /// @return the caller's to close
    /// @throws EnvelopeException WRAP_MISMATCH, RECIPIENT_KEY_UNSUPPORTED
    ContentKey unwrap(KeyTransRecipient recipient, PrivateKey own) throws EnvelopeException {
        lock.lock();
        try {
            requireOpen();
            ContentKey known = recent.get(recipient);
            if (known != null) {
                return known.copy();
            }
        } finally {
            lock.unlock();
        }
        ContentKey key = ContentKey.unwrap(recipient.encryptedKey(), own);
        keep(recipient, key.copy());
        return key;
    }

    void requireOpen() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the opener is closed");
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(KeyTransRecipient recipient, ContentKey key) {
        lock.lock();
        try {
            if (closed
                    || forgotten.contains(ByteBuffer.wrap(recipient.subjectKeyIdentifier()))
                    || recent.putIfAbsent(recipient, key) != null) {
                key.close();
            } else if (recent.size() > CAPACITY) {
                Iterator<ContentKey> oldest = recent.values().iterator();
                oldest.next().close();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Wipes whatever was unwrapped with a key, and keeps nothing of it from now on: not of an unwrapping under way
    /// either.
    void forget(byte[] subjectKeyIdentifier) {
        ByteBuffer gone = ByteBuffer.wrap(subjectKeyIdentifier.clone());
        lock.lock();
        try {
            forgotten.add(gone);
            recent.entrySet().removeIf(entry -> {
                boolean its =
                        ByteBuffer.wrap(entry.getKey().subjectKeyIdentifier()).equals(gone);
                if (its) {
                    entry.getValue().close();
                }
                return its;
            });
        } finally {
            lock.unlock();
        }
    }

    /// How many are kept.
    int size() {
        lock.lock();
        try {
            return recent.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            recent.values().forEach(ContentKey::close);
            recent.clear();
        } finally {
            lock.unlock();
        }
    }
}
