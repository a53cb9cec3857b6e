package org.chancery.pki.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A file of test vectors below `docs/vectors`: what it is about in lines that begin with `#`, then cases, an empty
/// line before each, of lines `name = value`. Octets are in hexadecimal, numbers in decimal.
///
/// Tests compute the whole file and compare, so it cannot go stale; with `-Dvectors.write=true` they write it.
public final class VectorFile {
    /// Modules are tested in their own directories.
    private static final Path DIRECTORY = Path.of("..", "docs", "vectors");

    private final StringBuilder text = new StringBuilder();

    /// @param about a paragraph for whoever writes another client
    public VectorFile(String about) {
        about.lines().forEach(line -> text.append("# ").append(line).append('\n'));
    }

    /// One case.
    public static final class Case {
        private final Map<String, String> values = new LinkedHashMap<>();

        /// A name that there is no other of.
        public Case with(String name, String value) {
            if (value.lines().count() > 1 || !value.strip().equals(value) || values.put(name, value) != null) {
                throw new IllegalArgumentException("no value of a vector: " + name + " = " + value);
            }
            return this;
        }

        public Case with(String name, long value) {
            return with(name, Long.toString(value));
        }

        public Case with(String name, byte[] octets) {
            return with(name, HexFormat.of().formatHex(octets));
        }

        public String text(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new AssertionError("no " + name + " in " + values.keySet());
            }
            return value;
        }

        public long number(String name) {
            return Long.parseLong(text(name));
        }

        public byte[] octets(String name) {
            return HexFormat.of().parseHex(text(name));
        }

        /// Whether it says anything of this name.
        public boolean has(String name) {
            return values.containsKey(name);
        }
    }

    public VectorFile add(Case added) {
        text.append('\n');
        added.values.forEach((name, value) -> text.append(name)
                .append(value.isEmpty() ? " =" : " = ")
                .append(value)
                .append('\n'));
        return this;
    }

    /// Where a file of this name is.
    public static Path path(String name) {
        return DIRECTORY.resolve(name);
    }

    /// Whether files are to be written rather than compared.
    public static boolean writes() {
        return Boolean.getBoolean("vectors.write");
    }

    /// Holds what the file says against this; writes it where that is asked for.
    ///
    /// @throws AssertionError if it says anything else
    public void requireIn(String name) {
        try {
            if (writes()) {
                Files.createDirectories(DIRECTORY);
                Files.writeString(path(name), text);
            }
            String there = Files.readString(path(name));
            if (!there.equals(text.toString())) {
                throw new AssertionError(path(name) + " is not what is computed, from:\n" + difference(there));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String difference(String there) {
        List<String> lines = there.lines().toList();
        List<String> computed = text.toString().lines().toList();
        for (int i = 0; i < Math.min(lines.size(), computed.size()); i++) {
            if (!lines.get(i).equals(computed.get(i))) {
                return lines.get(i) + "\nwhich would be\n" + computed.get(i);
            }
        }
        return lines.size() + " lines, which would be " + computed.size();
    }

    /// The cases of a file, of which there is at least one.
    public static List<Case> read(String name) {
        List<Case> cases = new ArrayList<>();
        try {
            Case now = null;
            for (String line : Files.readAllLines(path(name))) {
                if (line.isEmpty()) {
                    now = null;
                } else if (!line.startsWith("#")) {
                    if (now == null) {
                        now = new Case();
                        cases.add(now);
                    }
                    String[] parts = line.split(" =", 2);
                    now.with(parts[0], parts[1].strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (cases.isEmpty()) {
            throw new AssertionError(path(name) + " holds nothing");
        }
        return cases;
    }
}
