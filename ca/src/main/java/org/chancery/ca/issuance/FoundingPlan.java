package org.chancery.ca.issuance;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.ca.key.Pkcs11Uri;
import org.chancery.ca.profile.Namespace;
import org.chancery.pki.key.KeyAlgorithm;

/// What an authority is to be: the answers `ca init` needs before it makes a key.
///
/// @param name stands before "Root CA" and "Issuing CA" in the two subjects
/// @param url below which CRLs and CA certificates will be served; `http`, because whoever asks has no trust
///     yet
public record FoundingPlan(String name, Namespace namespace, Tier root, Tier issuing, Optional<URI> url) {
    /// Beyond this the notAfter would be nearer to a mistake than to a plan.
    private static final int MAX_DAYS = 36_500;

    /// ub-common-name (RFC 5280 appendix A.1) less the longer suffix, and the number of a later CA.
    private static final int MAX_NAME = 64 - CaTemplates.ISSUING_SUFFIX.length() - " 9999".length();

    /// One of the two CAs.
    ///
    /// @param token where its key is to lie; empty for a file
    public record Tier(KeyAlgorithm keyAlgorithm, int days, Optional<Pkcs11Uri> token) {
        /// With its key in a file.
        public Tier(KeyAlgorithm keyAlgorithm, int days) {
            this(keyAlgorithm, days, Optional.empty());
        }

        /// Passes what a CA can be made by.
        public void check() throws AuthorityException {
            checkDays(days);
            if (keyAlgorithm == KeyAlgorithm.RSA_2048) {
                throw plan("rsa2048 is too short for a CA");
            }
        }

        static void checkDays(int days) throws AuthorityException {
            if (days < 1 || days > MAX_DAYS) {
                throw plan(days + " days, between 1 and " + MAX_DAYS + " expected");
            }
        }
    }

    /// Whether no key is to lie in a file.
    public boolean allOnTokens() {
        return root.token().isPresent() && issuing.token().isPresent();
    }

    /// Passes a plan that an authority can be founded by.
    ///
    /// @throws AuthorityException naming the first answer that no authority can be founded by
    public void check() throws AuthorityException {
        if (name.isBlank() || !name.equals(name.strip()) || name.length() > MAX_NAME) {
            throw plan("a name of 1 to " + MAX_NAME + " characters is needed");
        }
        root.check();
        issuing.check();
        if (url.isPresent() && !isBase(url.get())) {
            throw plan("--url " + url.get() + " is not an http:// address without query");
        }
    }

    /// What is to be remembered of it.
    AuthorityProperties properties(boolean protectedByMode) {
        Map<String, Pkcs11Uri> tokens = new TreeMap<>();
        root.token().ifPresent(token -> tokens.put(AuthorityHome.ROOT, token));
        issuing.token().ifPresent(token -> tokens.put(AuthorityHome.ISSUING, token));
        return new AuthorityProperties(name, namespace, url, protectedByMode, tokens);
    }

    private static boolean isBase(URI url) {
        return "http".equals(url.getScheme())
                && url.getHost() != null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null;
    }

    private static AuthorityException plan(String message) {
        return new AuthorityException(AuthorityFailure.PLAN, message);
    }
}
