package org.chancery.pki.sealing;

import java.security.PrivateKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.envelope.KeyTransRecipient;

/// The keys of recent seals: RSA is spent once a seal, not once a letter (5 ms against 0.1 ms).
///
/// Letters may be opened on several threads; the lock guards the map and is not held while RSA works, so two
/// threads may unwrap one key at once, to the same end. Callers get copies, because what is evicted is wiped.
final class UnwrappedKeys implements AutoCloseable {
    /// Enough for every sender of a large room; 32 octets each.
    private static final int CAPACITY = 1024;

    private final PrivateKey own;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<KeyTransRecipient, ContentKey> recent = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    UnwrappedKeys(PrivateKey own) {
        this.own = own;
    }

    /// @return the caller's to close
    /// @throws EnvelopeException WRAP_MISMATCH, RECIPIENT_KEY_UNSUPPORTED
    ContentKey unwrap(KeyTransRecipient recipient) throws EnvelopeException {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the opener is closed");
            }
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

    private void keep(KeyTransRecipient recipient, ContentKey key) {
        lock.lock();
        try {
            if (closed || recent.putIfAbsent(recipient, key) != null) {
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
