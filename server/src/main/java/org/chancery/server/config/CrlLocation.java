package org.chancery.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where a CRL is looked for, again and again: as an administrator writes it.
public sealed interface CrlLocation {

    /// A file, PEM or DER, replaced as a whole by whoever writes it.
    record InFile(Path path) implements CrlLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /// An address that answers with PEM or DER. Without a user and password: what stands on a command line is read
    /// by everybody on the machine.
    record AtUrl(URI uri) implements CrlLocation {

        private static final Set<String> SCHEMES = Set.of("http", "https");

        /// @throws IllegalArgumentException if nothing can be asked there
        public AtUrl {
            String scheme = uri.getScheme();
            if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) || uri.getHost() == null) {
                throw new IllegalArgumentException("not an http or https URL with a host: " + uri);
            }
            if (uri.getUserInfo() != null || uri.getFragment() != null) {
                throw new IllegalArgumentException("a CRL's URL names no user and no fragment");
            }
        }

        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /// What begins like `scheme://` is a URL, everything else a file.
    ///
    /// @throws IllegalArgumentException if it is a URL that cannot be asked
    static CrlLocation parse(String text) {
        if (!Syntax.URL.matcher(text).lookingAt()) {
            return new InFile(Path.of(text));
        }
        try {
            return new AtUrl(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + e.getReason(), e);
        }
    }

    /// How a URL begins (RFC 3986 section 3.1).
    final class Syntax {
        private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

        private Syntax() {}
    }
}
