package org.chancery.pki.sealing;

import java.security.PrivateKey;
import java.util.Arrays;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Identity;

/// The private keys that a device receives with, found by the identifier that a wrap names. Asked on whatever thread
/// opens, for every letter, so it answers from memory.
@FunctionalInterface
public interface ReceivingKeys {

    /// What is known of a key.
    sealed interface Found {
        /// It is here.
        record Held(PrivateKey key) implements Found {
            /// Says nothing of the key.
            @Override
            public String toString() {
                return "a key that is held";
            }
        }

        /// It was this device's, and has been destroyed.
        record Destroyed() implements Found {}

        /// It is none of this device's.
        record Unknown() implements Found {}
    }

    /// The key that a wrap is for.
    Found find(byte[] subjectKeyIdentifier);

    /// The one key of an identity, by its certificate.
    static ReceivingKeys of(Identity own) {
        byte[] identifier = Certificates.subjectKeyIdentifier(own.chain().leaf());
        Found.Held held = new Found.Held(own.key().exposedPrivateKey());
        return wanted -> Arrays.equals(wanted, identifier) ? held : new Found.Unknown();
    }
}
