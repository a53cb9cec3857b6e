package org.chancery.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/// A file an administrator edits, read strictly: UTF-8, bounded, no key twice.
public final class PropertiesFile {
    private static final int MAX_OCTETS = 64 * 1024;

    private PropertiesFile() {}

    /// Its entries, values without the blanks around them.
    ///
    /// @throws ConfigException if a key stands there twice, or it is no UTF-8 properties file
    /// @throws IOException if it cannot be read; [java.nio.file.NoSuchFileException] if it is not there
    public static Map<String, String> read(Path file) throws IOException, ConfigException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_OCTETS + 1);
        }
        if (content.length > MAX_OCTETS) {
            throw malformed(file, "more than " + MAX_OCTETS + " octets");
        }
        Entries entries = new Entries();
        try {
            entries.load(new StringReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()));
        } catch (CharacterCodingException e) {
            throw malformed(file, "not UTF-8");
        } catch (IllegalArgumentException e) {
            throw malformed(file, "a malformed \\u escape");
        }
        if (!entries.duplicate.isEmpty()) {
            throw new ConfigException(
                    ConfigException.Failure.DUPLICATE_KEY, "key \"" + entries.duplicate + "\" twice in " + file);
        }
        Map<String, String> result = new HashMap<>();
        entries.forEach((key, value) -> result.put((String) key, ((String) value).strip()));
        return Map.copyOf(result);
    }

    private static ConfigException malformed(Path file, String what) {
        return new ConfigException(ConfigException.Failure.MALFORMED, what + " in " + file);
    }

    /// Properties that notice a key given twice, where the JDK's keep the last in silence.
    private static final class Entries extends Properties {
        private static final long serialVersionUID = 1L;

        private String duplicate = "";

        @Override
        public synchronized Object put(Object key, Object value) {
            Object before = super.put(key, value);
            if (before != null) {
                duplicate = (String) key;
            }
            return before;
        }
    }
}
