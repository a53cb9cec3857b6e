package org.chancery.ca.key;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A key on a token, as RFC 7512 writes it: `pkcs11:token=Lab;object=root?module-path=/usr/lib/libsofthsm2.so`.
///
/// Token, object and module-path are needed and nothing else is taken: what we would pass over might be what
/// tells two keys apart. A PIN (pin-value, pin-source) has no place in configuration.
///
/// @param token the token's label
/// @param object the key's label
public record Pkcs11Uri(String token, String object, Path library) {
    static final String SCHEME = "pkcs11:";

    private static final int MAX_CHARACTERS = 1024;
    private static final Set<String> PATH_ATTRIBUTES = Set.of("token", "object");
    private static final Set<String> QUERY_ATTRIBUTES = Set.of("module-path");

    /// Without what would need quoting in the provider's configuration.
    private static final Pattern LIBRARY = Pattern.compile("/[A-Za-z0-9._+/-]+");

    /// Reads one.
    ///
    /// @throws CaKeyException `MALFORMED` if it is none, or says more or less than is needed
    public static Pkcs11Uri parse(String text) throws CaKeyException {
        if (!text.startsWith(SCHEME)) {
            throw malformed("not a pkcs11: URI: " + text);
        }
        if (text.length() > MAX_CHARACTERS) {
            throw malformed("a pkcs11: URI of more than " + MAX_CHARACTERS + " characters");
        }
        String[] halves = text.substring(SCHEME.length()).split("\\?", 2);
        Map<String, String> path = attributes(halves[0], ";", PATH_ATTRIBUTES);
        Map<String, String> query = attributes(halves.length == 2 ? halves[1] : "", "&", QUERY_ATTRIBUTES);
        String library = required(query, "module-path");
        if (!LIBRARY.matcher(library).matches()) {
            throw malformed("module-path " + library + ": an absolute path of letters, digits and ._+-/ is needed");
        }
        return new Pkcs11Uri(required(path, "token"), required(path, "object"), Path.of(library));
    }

    private static Map<String, String> attributes(String text, String separator, Set<String> known)
            throws CaKeyException {
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : text.isEmpty() ? new String[0] : text.split(separator, -1)) {
            String[] sides = attribute.split("=", 2);
            if (sides.length != 2 || !known.contains(sides[0])) {
                throw malformed("pkcs11: attribute " + sides[0] + ", known are token, object and module-path");
            }
            if (attributes.put(sides[0], decoded(sides[1])) != null) {
                throw malformed("pkcs11: attribute " + sides[0] + " twice");
            }
        }
        return attributes;
    }

    private static String decoded(String value) throws CaKeyException {
        try {
            // Unlike in forms, a plus is a plus here.
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new CaKeyException(CaKeyFailure.MALFORMED, "pkcs11: value " + value + " is badly escaped", e);
        }
    }

    private static String required(Map<String, String> attributes, String name) throws CaKeyException {
        String value = attributes.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw malformed("a pkcs11: URI without " + name);
        }
        return value;
    }

    private static CaKeyException malformed(String message) {
        return new CaKeyException(CaKeyFailure.MALFORMED, message);
    }

    @Override
    public String toString() {
        return SCHEME + "token=" + encoded(token) + ";object=" + encoded(object) + "?module-path=" + library;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
