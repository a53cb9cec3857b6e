package org.chancery.server.command;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.chancery.console.InputFile;
import org.chancery.console.PassphraseSource;
import org.chancery.pki.file.WatchedFiles;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.path.TrustAnchors;
import org.jspecify.annotations.Nullable;

/// The files that say who the relay is and whom it trusts, read at the start and again when they change.
///
/// A passphrase from a file, or none, is taken from there again. One that was typed is asked for once, and stays in
/// memory as long as the key does.
final class IdentityFiles {

    /// Of what is not good. Opening a keystore takes half a second of CPU.
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Path keyStore;
    private final List<Path> trust;
    private final PassphraseSource passphrases;
    private final WatchedFiles watched;
    private @Nullable Passphrase typed;

    /// Looks at the files: what is written from now on is a change.
    IdentityFiles(Path keyStore, List<Path> trust, PassphraseSource passphrases) {
        this.keyStore = keyStore;
        this.trust = List.copyOf(trust);
        this.passphrases = passphrases;
        this.watched = new WatchedFiles(
                Stream.concat(trust.stream(), Stream.of(keyStore)).toList(), RETRY);
        watched.changed(); // they are, for nothing has been read
    }

    /// Whether to read them again. One thread at a time.
    boolean changed() {
        return watched.changed();
    }

    /// What was read since counts.
    void takeOver() {
        watched.takeOver();
    }

    Path keyStore() {
        return keyStore;
    }

    /// The relay's key and chain. One thread at a time.
    Identity identity() throws Exception {
        if (passphrases.isRepeatable()) {
            try (Passphrase passphrase = passphrases.existing(label())) {
                return KeyStoreFile.open(keyStore, passphrase).identity();
            }
        }
        if (typed == null) {
            typed = passphrases.existing(label());
        }
        return KeyStoreFile.open(keyStore, typed).identity();
    }

    private String label() {
        return "passphrase of " + keyStore;
    }

    /// The certificates of all trust files; each has at least one.
    TrustAnchors anchors() throws Exception {
        TrustAnchors all = TrustAnchors.of();
        for (Path file : trust) {
            all = all.and(TrustAnchors.of(InputFile.read(file)
                    .authorities("--trust takes the root of the authority")
                    .toArray(X509Certificate[]::new)));
        }
        return all;
    }
}
