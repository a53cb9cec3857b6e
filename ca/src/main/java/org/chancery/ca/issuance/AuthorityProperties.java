package org.chancery.ca.issuance;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.key.Pkcs11Uri;
import org.chancery.ca.profile.Namespace;
import org.chancery.ca.profile.NamespaceException;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;

/// What an authority was founded with, kept in `authority.properties` for whoever opens it.
///
/// @param url below which CRLs and CA certificates are served; certificates carry no CDP or AIA without
/// @param protectedByMode no passphrase: the mode of the key files is all there is
/// @param tokens the keys that lie on tokens, by the name of their CA; all others lie in files
public record AuthorityProperties(
        String name, Namespace namespace, Optional<URI> url, boolean protectedByMode, Map<String, Pkcs11Uri> tokens) {
    private static final long MAX_OCTETS = 64 * 1024;

    private static final String NAME = "name";
    private static final String DOMAINS = "domains";
    private static final String IP_RANGES = "ip-ranges";
    private static final String URL = "url";
    private static final String PROTECTION = "protection";
    private static final String PASSPHRASE = "passphrase";
    private static final String MODE = "mode";
    private static final String KEY = "-key";

    public AuthorityProperties {
        tokens = Collections.unmodifiableMap(new TreeMap<>(tokens));
    }

    /// Reads the file.
    ///
    /// @throws AuthorityException if it does not say what it must
    public static AuthorityProperties read(Path file) throws IOException, AuthorityException {
        if (Files.size(file) > MAX_OCTETS) {
            throw damaged(file, "more than " + MAX_OCTETS + " octets");
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            return new AuthorityProperties(
                    required(properties, NAME, file),
                    Namespace.parse(list(properties, DOMAINS), list(properties, IP_RANGES)),
                    Optional.ofNullable(properties.getProperty(URL)).map(URI::create),
                    required(properties, PROTECTION, file).equals(MODE),
                    tokens(properties));
        } catch (NamespaceException | CaKeyException | IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    /// Where the key of a CA lies, if it is a token.
    public Optional<Pkcs11Uri> token(String ca) {
        return Optional.ofNullable(tokens.get(ca));
    }

    /// The same, and where the key of one more CA lies.
    AuthorityProperties withToken(String ca, Optional<Pkcs11Uri> token) {
        Map<String, Pkcs11Uri> more = new TreeMap<>(tokens);
        token.ifPresent(uri -> more.put(ca, uri));
        return new AuthorityProperties(name, namespace, url, protectedByMode, more);
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# What this authority was founded with. To be read, not changed: its"
                + " certificates say the same and are signed.\n");
        line(text, NAME, name);
        line(text, DOMAINS, joined(namespace.domains()));
        line(text, IP_RANGES, joined(namespace.ranges()));
        url.ifPresent(value -> line(text, URL, value.toString()));
        line(text, PROTECTION, protectedByMode ? MODE : PASSPHRASE);
        tokens.forEach((ca, token) -> line(text, ca + KEY, token.toString()));
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8), Access.PUBLIC, true);
    }

    private static Map<String, Pkcs11Uri> tokens(Properties properties) throws CaKeyException {
        Map<String, Pkcs11Uri> tokens = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.endsWith(KEY)) {
                tokens.put(key.substring(0, key.length() - KEY.length()), Pkcs11Uri.parse(properties.getProperty(key)));
            }
        }
        return tokens;
    }

    /// A backslash is the one character of a value that the reader would take for something else; names hold
    /// no line ends.
    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n');
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static List<String> list(Properties properties, String key) {
        String value = properties.getProperty(key, "").strip();
        return value.isEmpty() ? List.of() : Arrays.asList(value.split(" +"));
    }

    private static String required(Properties properties, String key, Path file) throws AuthorityException {
        String value = properties.getProperty(key);
        if (value == null) {
            throw damaged(file, "no " + key);
        }
        return value;
    }

    private static AuthorityException damaged(Path file, String what) {
        return new AuthorityException(AuthorityFailure.DAMAGED, file + ": " + what);
    }
}
