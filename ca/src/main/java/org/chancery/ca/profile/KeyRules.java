package org.chancery.ca.profile;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyInspection;
import org.chancery.pki.key.KeyPolicy;
import org.chancery.pki.key.WeakKeyException;

/// Which keys a profile certifies, and what each kind may do.
///
/// @param policy the length of RSA keys
/// @param rsaUsages of RSA keys; none where they are not certified
/// @param ecUsages of EC keys; none where they are not certified
/// @param curves where the points of EC keys lie
record KeyRules(KeyPolicy policy, Set<KeyUsage> rsaUsages, Set<KeyUsage> ecUsages, Set<KeyAlgorithm> curves) {
    KeyRules {
        rsaUsages = Set.copyOf(rsaUsages);
        ecUsages = Set.copyOf(ecUsages);
        curves = Set.copyOf(curves);
    }

    /// Passes a key that may be certified: of a kind the profile takes, and without any fault that can be seen.
    void check(PublicKey key) throws Refusal {
        try {
            policy.check(key);
            if (usages(key).isEmpty() || !isOnOneOf(curves, key)) {
                throw new Refusal(RefusalReason.KEY_KIND, "a key of " + inWords(key) + ", it takes " + inWords());
            }
            KeyInspection.inspect(key);
        } catch (WeakKeyException e) {
            throw new Refusal(RefusalReason.WEAK_KEY, e.getMessage());
        }
    }

    /// Key usage follows the key.
    Set<KeyUsage> usages(PublicKey key) {
        return key instanceof RSAPublicKey ? rsaUsages : ecUsages;
    }

    private static boolean isOnOneOf(Set<KeyAlgorithm> curves, PublicKey key) {
        Optional<KeyAlgorithm> algorithm = KeyAlgorithm.of(key);
        return key instanceof RSAPublicKey || algorithm.filter(curves::contains).isPresent();
    }

    private static String inWords(PublicKey key) {
        return KeyAlgorithm.of(key).map(KeyAlgorithm::cliName).orElse(key.getAlgorithm());
    }

    private String inWords() {
        String rsa = rsaUsages.isEmpty() ? "" : "RSA ";
        String ec = ecUsages.isEmpty()
                ? ""
                : String.join(
                        " ", curves.stream().map(KeyAlgorithm::cliName).sorted().toList());
        return (rsa + ec).strip();
    }
}
