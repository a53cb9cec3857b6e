package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The house keeps its rules, and every rule can fail: each is also held against classes made to break it.
final class ArchitectureTest {
    private static final JavaClasses HOUSE = House.classes();
    private static final JavaClasses SEEDED = new ClassFileImporter()
            .importPackages(HouseRules.modules().stream()
                    .map(module -> "org.chancery." + module + ".seeded")
                    .toList());

    @TestFactory
    @Defends(Threat.DIRECTORY_INJECTION)
    Stream<DynamicTest> houseKeeps() throws IOException {
        return rules(House.exportedPackages()).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(HOUSE)));
    }

    @TestFactory
    Stream<DynamicTest> seededViolationBreaks() {
        return rules(Set.of("org.chancery.pki.seeded")).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().evaluate(SEEDED).hasViolation())
                                .isTrue()));
    }

    @Test
    void everyModuleIsSeen() {
        for (String module : HouseRules.modules()) {
            assertThat(HOUSE).anyMatch(type -> type.getPackageName().startsWith("org.chancery." + module));
        }
    }

    private static Map<String, ArchRule> rules(Set<String> exportedPackages) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        HouseRules.modules().stream()
                .sorted()
                .forEach(module -> rules.put("arrows of " + module, HouseRules.arrowsOf(module)));
        rules.put("only the client seals and opens", HouseRules.onlyTheClientSealsAndOpens());
        rules.put("windows only in client.ui", HouseRules.windowsOnlyInUi());
        rules.put("JDBC only in the stores", HouseRules.jdbcOnlyInStores());
        rules.put("no directory is asked", HouseRules.noDirectoryIsAsked());
        rules.put("no cycles between packages", HouseRules.noCycles());
        rules.put("packages are subjects", HouseRules.packagesAreSubjects());
        rules.put("time, chance and environment enter at the command", HouseRules.worldEntersAtTheCommand());
        rules.put("exported signatures are our own", HouseRules.signaturesAreOurOwn(exportedPackages));
        return rules;
    }
}
