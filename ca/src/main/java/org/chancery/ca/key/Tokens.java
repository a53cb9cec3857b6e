package org.chancery.ca.key;

import java.nio.file.Files;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.List;

/// The JDK's provider, set to one token (SunPKCS11). It is never installed: whoever signs names it, so that no
/// other operation of this process wanders onto a card.
final class Tokens {
    private static final String PROVIDER = "SunPKCS11";

    private Tokens() {}

    /// A provider for the token that a URI names, found by its label: slot numbers change with every token put
    /// in.
    static Provider provider(Pkcs11Uri uri) throws CaKeyException {
        if (!Files.isReadable(uri.library())) {
            throw new CaKeyException(CaKeyFailure.LIBRARY, "no PKCS#11 library at " + uri.library());
        }
        List<Long> slots = TokenSlots.withLabel(uri.library(), uri.token());
        if (slots.size() != 1) {
            throw new CaKeyException(
                    CaKeyFailure.TOKEN_MISSING,
                    (slots.isEmpty() ? "no token " : slots.size() + " tokens ") + uri.token() + " at " + uri.library());
        }
        Provider unset = Security.getProvider(PROVIDER);
        if (unset == null) {
            throw new CaKeyException(CaKeyFailure.LIBRARY, "this Java has no " + PROVIDER);
        }
        // Made here, a private key never leaves the token and does nothing but sign.
        String configuration = """
                --name = chancery-%d
                library = %s
                slot = %d
                attributes(generate, CKO_PRIVATE_KEY, *) = {
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_SIGN = true
                  CKA_DECRYPT = false
                }
                """.formatted(slots.getFirst(), uri.library(), slots.getFirst());
        try {
            return unset.configure(configuration);
        } catch (InvalidParameterException | ProviderException e) {
            throw new CaKeyException(
                    CaKeyFailure.TOKEN_FAILED,
                    "the token " + uri.token() + " does not start: " + CaKeyException.reason(e),
                    e);
        }
    }
}
