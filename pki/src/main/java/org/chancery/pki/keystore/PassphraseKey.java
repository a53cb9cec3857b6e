package org.chancery.pki.keystore;

import java.util.Arrays;
import javax.crypto.interfaces.PBEKey;
import org.jspecify.annotations.Nullable;

/// A passphrase as the JCA's MAC wants it. The JDK's own factory for such keys takes ASCII only, and people's
/// passphrases are not; the MAC itself takes any character.
final class PassphraseKey implements PBEKey, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final transient char[] characters;

    PassphraseKey(char[] characters) {
        this.characters = characters.clone();
    }

    @Override
    public char[] getPassword() {
        return characters.clone();
    }

    @Override
    public byte @Nullable [] getSalt() {
        return null; // given as a parameter
    }

    @Override
    public int getIterationCount() {
        return 0; // given as a parameter
    }

    @Override
    public String getAlgorithm() {
        return "PBE";
    }

    /// The provider is chosen by this; it then asks for the characters, never for an encoding.
    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }
}
