package org.chancery.dist.threats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chancery.pki.testing.Threat;

/// A test method marked with the threat it defends against, as it stands in the sources.
///
/// @param file below the top directory
/// @param name the class, `#`, the method: as Surefire's `-Dtest` wants it
record MarkedTest(Threat threat, Path file, String name) {
    private static final Pattern MARK = Pattern.compile(
            "@Defends\\(\\{?([^)}]*)}?\\)(?:(?!@Defends).)*?\\s(\\w+)\\([^)]*\\)\\s*(?:throws[^{]*)?\\{",
            Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z_]+");

    /// The full name of its class.
    String type() {
        String below = file.toString().replaceFirst(".*src/test/java/", "");
        return below.replace(".java", "").replace('/', '.');
    }

    /// The name of its method.
    String method() {
        return name.substring(name.indexOf('#') + 1);
    }

    /// All of them, in all modules.
    static List<MarkedTest> below(Path top) throws IOException {
        List<MarkedTest> found = new ArrayList<>();
        for (Path module : modules(top)) {
            for (Path file : tests(module)) {
                found.addAll(in(top.relativize(file), Files.readString(file)));
            }
        }
        return List.copyOf(found);
    }

    static List<MarkedTest> in(Path file, String source) {
        String type = file.getFileName().toString().replace(".java", "");
        List<MarkedTest> found = new ArrayList<>();
        Matcher marks = MARK.matcher(source);
        while (marks.find()) {
            Matcher names = NAME.matcher(marks.group(1));
            while (names.find()) {
                found.add(new MarkedTest(Threat.valueOf(names.group()), file, type + "#" + marks.group(2)));
            }
        }
        return found;
    }

    private static List<Path> modules(Path top) throws IOException {
        try (Stream<Path> children = Files.list(top)) {
            return children.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> tests(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
