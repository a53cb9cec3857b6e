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

/// A defence and how to take it away: a place in the sources, what to write there instead, and the test that must
/// notice.
///
/// A file in `src/test/defences`:
///
/// ```
/// threat: REQUEST_WRITES_CERTIFICATE
/// file: ca/src/main/java/...
/// test: ca CertificateProfileTest#refusesWhoAsksToBeACa
/// --- defence
/// what stands there, exactly once
/// --- taken away
/// what stands there then
/// ```
///
/// @param module where the test lives
/// @param test as Surefire's `-Dtest` wants it
record Defence(String name, Threat threat, Path file, String module, String test, String intact, String removed) {
    private static final Pattern FORM = Pattern.compile(
            "threat: (\\w+)\nfile: (\\S+)\ntest: (\\S+) (\\S+)\n--- defence\n(.+?)\n--- taken away\n(.*?)\n?",
            Pattern.DOTALL);

    /// All of them, by name.
    static List<Defence> below(Path directory) throws IOException {
        List<Defence> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                found.add(parse(file.getFileName().toString().replace(".txt", ""), Files.readString(file)));
            }
        }
        return List.copyOf(found);
    }

    static Defence parse(String name, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(name + " is not a defence in the form that its type describes");
        }
        return new Defence(
                name,
                Threat.valueOf(form.group(1)),
                Path.of(form.group(2)),
                form.group(3),
                form.group(4),
                form.group(5),
                form.group(6));
    }

    /// The test, which must be marked with this threat.
    MarkedTest testIn(List<MarkedTest> marked) {
        return marked.stream()
                .filter(mark -> mark.threat() == threat)
                .filter(mark -> mark.name().equals(test) && mark.file().startsWith(module))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        name + ": no test " + test + " in " + module + " is marked with " + threat));
    }

    /// The source without the defence.
    ///
    /// @throws IllegalStateException if the defence does not stand there, or more than once
    String takenFrom(String source) {
        int at = source.indexOf(intact);
        if (at < 0 || source.indexOf(intact, at + 1) >= 0) {
            throw new IllegalStateException(name + ": the text of the defence stands not exactly once in " + file);
        }
        return source.substring(0, at) + removed + source.substring(at + intact.length());
    }
}
