package org.chancery.pki.path;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One line of `pkits.txt`: a path of NIST's and what is asked of it.
record PkitsCase(
        String number, List<Question> questions, String target, List<String> intermediates, List<String> crls) {
    /// Initial settings and the answer to them.
    record Question(Set<String> settings, String answer) {
        private static final Set<String> SWITCHES = Set.of("explicit", "no-mapping", "no-any");
        private static final String NIST_TEST_POLICY = "2.16.840.1.101.3.2.1.48.";

        static Question parse(String text) {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Question(Set.of(), text)
                    : new Question(words(text.substring(0, colon)), text.substring(colon + 1));
        }

        PolicyDemand demand() {
            Set<String> policies = new HashSet<>(settings);
            policies.removeAll(SWITCHES);
            return new PolicyDemand(
                    policies.stream().map(NIST_TEST_POLICY::concat).collect(Collectors.toSet()),
                    settings.contains("explicit"),
                    settings.contains("no-mapping"),
                    settings.contains("no-any"));
        }

        private static Set<String> words(String text) {
            return Set.copyOf(split(text));
        }

        @Override
        public String toString() {
            return settings.isEmpty()
                    ? ""
                    : " with " + String.join(" ", settings.stream().sorted().toList());
        }
    }

    static Stream<PkitsCase> all() {
        try (InputStream in = Objects.requireNonNull(PkitsCase.class.getResourceAsStream("pkits.txt"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(PkitsCase::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PkitsCase parse(String line) {
        String[] fields =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        return new PkitsCase(
                fields[0],
                Arrays.stream(fields[1].split(", ")).map(Question::parse).toList(),
                fields[2],
                split(fields[3]),
                fields.length < 5 ? List.of() : split(fields[4]));
    }

    private static List<String> split(String words) {
        return words.isEmpty() ? List.of() : List.of(words.split(" +"));
    }
}
