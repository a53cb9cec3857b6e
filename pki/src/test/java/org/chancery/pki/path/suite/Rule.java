package org.chancery.pki.path.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.chancery.pki.path.PathFailure;
import org.junit.jupiter.api.DynamicTest;

/// A sentence of a standard, and a path that obeys or breaks it.
///
/// @param section where the sentence stands
/// @param expected why such a path is refused; empty if it must be accepted
record Rule(String section, String sentence, Optional<PathFailure> expected, Supplier<Chain> chain) {
    static Rule accepts(String section, String sentence, Supplier<Chain> chain) {
        return new Rule(section, sentence, Optional.empty(), chain);
    }

    static Rule refuses(String section, String sentence, PathFailure failure, Supplier<Chain> chain) {
        return new Rule(section, sentence, Optional.of(failure), chain);
    }

    /// The standard chain with another leaf.
    static Supplier<Chain> leaf(Consumer<Draft> change) {
        return () -> Chain.standard().leaf(change);
    }

    /// The standard chain with another authority between root and leaf.
    static Supplier<Chain> issuing(Consumer<Draft> change) {
        return () -> Chain.standard().issuing(change);
    }

    /// The standard chain with another root.
    static Supplier<Chain> root(Consumer<Draft> change) {
        return () -> Chain.standard().root(change);
    }

    static Stream<DynamicTest> test(Rule... rules) {
        return Stream.of(rules).map(Rule::asTest);
    }

    DynamicTest asTest() {
        String name = "%s %s: %s"
                .formatted(section, sentence, expected.map(PathFailure::name).orElse("accepted"));
        return DynamicTest.dynamicTest(
                name, () -> assertThat(chain.get().judge()).isEqualTo(expected));
    }
}
