package org.chancery.pki.path.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;

/// Rules that do not hold yet, by the names of their tests. The list must shrink to nothing: a listed rule that holds
/// fails until it is taken off.
final class OpenRules {
    private static final Set<String> NAMES = names();

    private OpenRules() {}

    static DynamicTest test(String name, Callable<?> answer, Object expected) {
        return DynamicTest.dynamicTest(name, () -> {
            if (NAMES.contains(name)) {
                assertThat(answerOrBug(answer))
                        .as("%s: take it off the list", name)
                        .isNotEqualTo(expected);
            } else {
                assertThat(answerOrBug(answer)).as(name).isEqualTo(expected);
            }
        });
    }

    private static Object answerOrBug(Callable<?> answer) throws Exception {
        try {
            return answer.call();
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static Set<String> names() {
        try (InputStream in = Objects.requireNonNull(OpenRules.class.getResourceAsStream("open.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
