package org.chancery.pki.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.file.ReadableFile;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.SafeBags.CertificateBag;
import org.chancery.pki.path.TrustAnchors;

/// One identity on disk: a PKCS#12 file with a private key, its certificate chain and the pinned roots. Immutable
/// once open.
///
/// A request leaves a *pending* one behind, whose key has no certificate yet. Since a PKCS#12 key without
/// certificate is one that keytool cannot show, a [Placeholder] stands in until the chain is imported.
public final class KeyStoreFile {
    private static final int MAX_OCTETS = 1024 * 1024;

    private final SigningKey key;
    private final CertificateChain chain;
    private final TrustAnchors anchors;

    private KeyStoreFile(SigningKey key, CertificateChain chain, TrustAnchors anchors) {
        this.key = key;
        this.chain = chain;
        this.anchors = anchors;
    }

    /// What is written.
    ///
    /// @param chain the key's certificate, then its issuers; empty while it is pending
    /// @param trusted the roots to pin
    public record Contents(SigningKey key, List<X509Certificate> chain, List<X509Certificate> trusted) {
        public Contents {
            chain = List.copyOf(chain);
            trusted = List.copyOf(trusted);
            if (!chain.isEmpty() && !chain.getFirst().getPublicKey().equals(key.publicKey())) {
                throw new IllegalArgumentException("the certificate is for another key");
            }
        }
    }

    /// Reads a keystore of ours, of `openssl pkcs12 -export` or of `keytool`. Takes about half a second of CPU.
    ///
    /// @param passphrase stays the caller's
    /// @throws IOException if the file cannot be read
    /// @throws KeyStoreFileException if it cannot be used, for any reason but [KeyStoreFailure#PENDING]
    public static KeyStoreFile open(Path file, Passphrase passphrase) throws IOException, KeyStoreFileException {
        try (InputStream in = ReadableFile.open(file)) {
            return parse(in.readNBytes(MAX_OCTETS + 1), passphrase);
        } catch (KeyStoreFileException e) {
            throw new KeyStoreFileException(e.failure(), file + ": " + e.getMessage(), e);
        }
    }

    /// As [#open(Path,Passphrase)], of a file that has been read already: a pipe gives its octets once.
    ///
    /// @param content not changed
    /// @param passphrase stays the caller's
    /// @throws KeyStoreFileException if it cannot be used, for any reason but [KeyStoreFailure#PENDING]
    public static KeyStoreFile parse(byte[] content, Passphrase passphrase) throws KeyStoreFileException {
        if (content.length > MAX_OCTETS) {
            throw new KeyStoreFileException(
                    KeyStoreFailure.TOO_LARGE, "a keystore of more than " + MAX_OCTETS + " octets");
        }
        char[] characters = passphrase.exposedCharacters();
        try {
            return of(KeyStoreReader.read(content, characters), characters);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /// Writes a keystore, mode 0600, whole or not at all. Takes about half a second of CPU.
    ///
    /// @param passphrase stays the caller's
    /// @param overwrite whether an existing file may be replaced
    /// @param random for salts and initialisation vector
    /// @throws FileAlreadyExistsException if there is one and it may not be replaced
    /// @throws IOException if it cannot be written; the old one, if any, stands
    public static void create(
            Path file, Passphrase passphrase, Contents contents, boolean overwrite, SecureRandom random)
            throws IOException {
        create(file, passphrase, contents, overwrite, Iterations.WRITTEN, random);
    }

    /// With an iteration count that a test can wait for.
    static void create(
            Path file, Passphrase passphrase, Contents contents, boolean overwrite, int iterations, SecureRandom random)
            throws IOException {
        // Said before the work; whether the name is still free when it counts, AtomicFile sees to.
        if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        List<X509Certificate> chain =
                contents.chain().isEmpty() ? List.of(Placeholder.of(contents.key())) : contents.chain();
        char[] characters = passphrase.exposedCharacters();
        try {
            byte[] content =
                    new KeyStoreWriter(characters, iterations, random).write(contents.key(), chain, contents.trusted());
            AtomicFile.write(file, content, Access.PRIVATE, overwrite);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /// Whether the key has no certificate yet.
    public boolean pending() {
        return Placeholder.is(chain.leaf());
    }

    /// The private key.
    public SigningKey key() {
        return key;
    }

    /// The key with its certificates.
    ///
    /// @throws KeyStoreFileException `PENDING` if it has none yet
    public Identity identity() throws KeyStoreFileException {
        if (pending()) {
            throw new KeyStoreFileException(KeyStoreFailure.PENDING, "the key in the keystore has no certificate yet");
        }
        return new Identity(key, chain);
    }

    /// The pinned roots; none in a keystore made elsewhere.
    public TrustAnchors anchors() {
        return anchors;
    }

    private static KeyStoreFile of(SafeBags bags, char[] passphrase) throws KeyStoreFileException {
        PrivateKey privateKey = decrypt(bags.key(), passphrase);
        CertificateChain chain = StoredChain.of(privateKey, bags);
        LinkedHashSet<X509Certificate> trusted = new LinkedHashSet<>();
        bags.certificates().stream().filter(CertificateBag::trusted).forEach(bag -> trusted.add(bag.certificate()));
        return new KeyStoreFile(
                SigningKey.of(privateKey, chain.leaf().getPublicKey()), chain, new TrustAnchors(trusted));
    }

    private static PrivateKey decrypt(SafeBags.KeyBag bag, char[] passphrase) throws KeyStoreFileException {
        byte[] pkcs8 = bag.encryption().decrypt(bag.encrypted(), passphrase);
        try {
            return PrivateKeys.parse(pkcs8);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}
