package org.chancery.pki.sealing;

import java.io.IOException;
import java.io.InputStream;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.chancery.pki.envelope.Letter;
import org.jspecify.annotations.Nullable;

/// The plaintext of AES-256-GCM as a stream, *before* its tag is known to hold: whoever reads it must not act on it
/// until the end came without an exception.
///
/// The one place where Bouncy Castle does cryptography. The JCA's GCM holds all of a ciphertext in memory until the
/// tag is checked, which for a file of 1 GiB is 1 GiB and more; this one does not.
final class FileCipher extends InputStream {
    /// The tag does not hold.
    static final class TagException extends IOException {
        TagException(String message) {
            super(message);
        }

        TagException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// Where the tag is, which CMS writes after the ciphertext.
    @FunctionalInterface
    interface Tag {
        byte[] read() throws IOException;
    }

    private static final int CHUNK_BYTES = 1 << 15;

    private final InputStream ciphertext;
    private final Tag tag;
    private final GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final byte[] plaintext = new byte[CHUNK_BYTES + 2 * Letter.TAG_BYTES];
    private int position;
    private int available;
    private boolean finished;
    private @Nullable TagException failure;

    /// @param ciphertext without the tag
    /// @param tag asked for once, after the ciphertext's end
    FileCipher(byte[] key, byte[] nonce, InputStream ciphertext, Tag tag) {
        this.ciphertext = ciphertext;
        this.tag = tag;
        gcm.init(false, new AEADParameters(new KeyParameter(key), Letter.TAG_BYTES * Byte.SIZE, nonce));
    }

    @Override
    public int read() throws IOException {
        return fill() ? plaintext[position++] & 0xff : -1;
    }

    /// @throws TagException at the end, if the tag does not hold
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, available - position);
        System.arraycopy(plaintext, position, into, offset, n);
        position += n;
        return n;
    }

    /// Reads to the end, whatever is there: afterwards the tag holds.
    ///
    /// @throws TagException if it does not, also if somebody above has swallowed that before
    void requireTag() throws IOException {
        while (fill()) {
            position = available;
        }
    }

    private boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        while (position == available && !finished) {
            position = 0;
            available = 0;
            int n = ciphertext.read(chunk);
            if (n < 0) {
                finished = true;
                available = finish();
            } else {
                available = gcm.processBytes(chunk, 0, n, plaintext, 0);
            }
        }
        return position < available;
    }

    private int finish() throws IOException {
        try {
            byte[] octets = tag.read();
            int n = gcm.processBytes(octets, 0, octets.length, plaintext, 0);
            return n + gcm.doFinal(plaintext, n);
        } catch (TagException e) {
            failure = e;
            throw e;
        } catch (InvalidCipherTextException e) {
            failure = new TagException("the GCM tag does not hold", e);
            throw failure;
        }
    }
}
