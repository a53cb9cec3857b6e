package org.chancery.ca.issuance;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.chancery.ca.profile.Namespace;
import org.chancery.ca.profile.NamespaceException;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;

/// What an authority was founded with, kept in `authority.properties` for whoever opens it.
///
/// @param url below which CRLs and CA certificates are served; certificates carry no CDP or AIA without
/// @param protectedByMode no passphrase: the mode of the key files is all there is
public record AuthorityProperties(String name, Namespace namespace, Optional<URI> url, boolean protectedByMode) {
    private static final long MAX_OCTETS = 64 * 1024;

    private static final String NAME = "name";
    private static final String DOMAINS = "domains";
    private static final String IP_RANGES = "ip-ranges";
    private static final String URL = "url";
    private static final String PROTECTION = "protection";
    private static final String PASSPHRASE = "passphrase";
    private static final String MODE = "mode";

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
                    required(properties, PROTECTION, file).equals(MODE));
        } catch (NamespaceException | IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# What this authority was founded with. To be read, not changed: its"
                + " certificates say the same and are signed.\n");
        line(text, NAME, name);
        line(text, DOMAINS, joined(namespace.domains()));
        line(text, IP_RANGES, joined(namespace.ranges()));
        url.ifPresent(value -> line(text, URL, value.toString()));
        line(text, PROTECTION, protectedByMode ? MODE : PASSPHRASE);
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8), Access.PUBLIC, false);
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
