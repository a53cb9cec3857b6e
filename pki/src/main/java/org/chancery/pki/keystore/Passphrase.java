package org.chancery.pki.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.chancery.pki.file.ReadableFile;

/// What a keystore is opened with, in memory that [#close()] wipes. One owner, one thread.
///
/// Deliberately without `equals` and with a `toString` that says nothing.
public final class Passphrase implements AutoCloseable {
    /// Longest passphrase line in octets of UTF-8.
    public static final int MAX_OCTETS = 1024;

    private final char[] characters;
    private boolean closed;

    private Passphrase(char[] characters) {
        this.characters = characters;
    }

    /// A copy of these characters; the caller wipes its own.
    public static Passphrase of(char[] characters) {
        return new Passphrase(characters.clone());
    }

    /// The empty passphrase: the file's mode is the only protection.
    public static Passphrase none() {
        return new Passphrase(new char[0]);
    }

    /// The first line of a file.
    ///
    /// @throws IOException if it cannot be read
    /// @throws KeyStoreFileException as [#readFrom(InputStream)]
    public static Passphrase readFrom(Path file) throws IOException, KeyStoreFileException {
        try (InputStream in = ReadableFile.open(file)) {
            return readFrom(in);
        }
    }

    /// One line of UTF-8, without its line end. Reads not one octet further, so that a script can send more than
    /// one line.
    ///
    /// @throws IOException if it cannot be read
    /// @throws KeyStoreFileException `MALFORMED_PASSPHRASE` if the line is empty, longer than [#MAX_OCTETS] or not
    ///     UTF-8
    public static Passphrase readFrom(InputStream in) throws IOException, KeyStoreFileException {
        byte[] line = new byte[MAX_OCTETS];
        try {
            int length = 0;
            for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
                if (length == MAX_OCTETS) {
                    throw malformed("the passphrase is longer than " + MAX_OCTETS + " octets");
                }
                line[length++] = (byte) octet;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw malformed("the passphrase is empty");
            }
            return decode(ByteBuffer.wrap(line, 0, length));
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static Passphrase decode(ByteBuffer utf8) throws KeyStoreFileException {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(utf8);
            char[] characters = new char[decoded.remaining()];
            decoded.get(characters);
            Arrays.fill(decoded.array(), '\0');
            return new Passphrase(characters);
        } catch (CharacterCodingException e) {
            throw malformed("the passphrase is not UTF-8");
        }
    }

    private static KeyStoreFileException malformed(String message) {
        return new KeyStoreFileException(KeyStoreFailure.MALFORMED_PASSPHRASE, message);
    }

    /// Whether it protects nothing.
    public boolean isNone() {
        return characters.length == 0;
    }

    /// Whether the person typed the same twice.
    public boolean sameAs(Passphrase other) {
        return !closed && !other.closed && Arrays.equals(characters, other.characters);
    }

    /// A copy of the characters, which the caller wipes.
    ///
    /// @throws IllegalStateException after [#close()]
    public char[] exposedCharacters() {
        if (closed) {
            throw new IllegalStateException("the passphrase has been wiped");
        }
        return characters.clone();
    }

    /// Wipes the characters.
    @Override
    public void close() {
        Arrays.fill(characters, '\0');
        closed = true;
    }

    @Override
    public String toString() {
        return isNone() ? "no passphrase" : "a passphrase";
    }
}
