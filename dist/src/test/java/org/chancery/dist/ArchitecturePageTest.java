package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/architecture.md cannot rot: whatever it sets in code as `Type` or `Type.method` exists.
final class ArchitecturePageTest {
    private static final Path PAGE = Path.of("..", "docs", "architecture.md");
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`]+`", Pattern.DOTALL);
    private static final Pattern NAME =
            Pattern.compile("\\b([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.([a-z][A-Za-z0-9]*))?\\b");

    /// Types of the JDK that the page may name.
    private static final List<String> JDK_PACKAGES =
            List.of("java.lang", "java.util", "java.net", "java.nio.file", "java.security.cert", "javax.net.ssl");

    @Test
    void namesOnlyTypesAndMethodsThatExist() throws IOException {
        Map<String, List<JavaClass>> house = House.classes().stream()
                .filter(type -> !type.getSimpleName().isEmpty())
                .collect(Collectors.groupingBy(JavaClass::getSimpleName));
        TreeSet<String> missing = new TreeSet<>();
        namesIn(Files.readString(PAGE)).forEach(name -> {
            List<JavaClass> types = house.getOrDefault(name.group(1), List.of());
            boolean exists = name.group(2) == null
                    ? !types.isEmpty() || inJdk(name.group(1))
                    : types.stream().anyMatch(type -> hasMethod(type, name.group(2)));
            if (!exists) {
                missing.add(name.group());
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void readsNamesFromTheThreeJourneys() throws IOException {
        assertThat(namesIn(Files.readString(PAGE)).map(name -> name.group(1)))
                .contains("CertificateRequest", "ValidatedPath", "Peer", "OpenedEnvelope", "ConversationLog");
    }

    private static Stream<MatchResult> namesIn(String page) {
        return CODE.matcher(page)
                .results()
                .flatMap(code -> NAME.matcher(code.group()).results());
    }

    private static boolean hasMethod(JavaClass type, String name) {
        return type.getAllMethods().stream().anyMatch(method -> method.getName().equals(name));
    }

    private static boolean inJdk(String simpleName) {
        return JDK_PACKAGES.stream().anyMatch(name -> {
            try {
                Class.forName(name + "." + simpleName, false, ArchitecturePageTest.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        });
    }
}
