package org.chancery.pki;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The order within this module: each package builds on those above it, and none reaches the network.
class ArchitectureTest {
    private static final String ROOT = "org.chancery.pki.";

    /// Package, and the packages it may know.
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("der", Set.of()),
            Map.entry("file", Set.of()),
            Map.entry("pem", Set.of()),
            Map.entry("name", Set.of("der")),
            Map.entry("key", Set.of("der", "name")),
            Map.entry("signature", Set.of("der", "key")),
            Map.entry("certificate", Set.of("der", "name", "key", "signature")),
            Map.entry("request", Set.of("der", "name", "key", "signature", "certificate")),
            Map.entry("revocation", Set.of("der", "name", "key", "signature", "certificate")),
            Map.entry("path.constraint", Set.of("der", "name")),
            Map.entry("path.policy", Set.of("der", "certificate")),
            Map.entry(
                    "path",
                    Set.of(
                            "der",
                            "name",
                            "key",
                            "signature",
                            "certificate",
                            "revocation",
                            "pem",
                            "path.constraint",
                            "path.policy")),
            Map.entry("keystore", Set.of("der", "name", "key", "certificate", "path", "pem", "file")),
            Map.entry("envelope", Set.of("der", "name")),
            Map.entry("cms", Set.of("der", "certificate", "envelope")),
            Map.entry("record", Set.of("der", "key", "signature", "certificate", "path", "envelope", "cms")),
            Map.entry(
                    "sealing",
                    Set.of(
                            "der",
                            "name",
                            "key",
                            "signature",
                            "certificate",
                            "path",
                            "keystore",
                            "envelope",
                            "cms",
                            "record",
                            "file")));

    private static final Set<String> PACKAGES = ARROWS.keySet();

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.chancery.pki");

    @ParameterizedTest
    @FieldSource("PACKAGES")
    void packageKnowsOnlyThoseItBuildsOn(String subject) {
        mayKnow(subject, ARROWS.getOrDefault(subject, Set.of())).check(MODULE);
    }

    @Test
    void everyPackageHasItsPlace() {
        assertThat(MODULE.stream()
                        .map(type -> type.getPackageName() + ".")
                        .filter(name -> !name.equals(ROOT))
                        .map(name -> name.substring(ROOT.length(), name.length() - 1))
                        .collect(Collectors.toSet()))
                .isEqualTo(ARROWS.keySet());
    }

    @Test
    @Defends(Threat.FETCHES_FOR_STRANGERS)
    void nothingReachesTheNetwork() {
        noNetwork().check(MODULE);
    }

    @Test
    void bothRulesCanFail() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);

        assertThat(mayKnow("key", Set.of()).evaluate(MODULE).hasViolation()).isTrue();
        assertThat(noNetwork().evaluate(offender).hasViolation()).isTrue();
    }

    private static ArchRule mayKnow(String subject, Set<String> known) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + subject)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PACKAGES.stream()
                        .filter(other -> !other.equals(subject) && !known.contains(other))
                        .map(other -> ROOT + other)
                        .toArray(String[]::new))
                .because(subject + " may know " + known + " only");
    }

    /// Addresses are data here; what connects to one, or asks a resolver, is not.
    private static ArchRule noNetwork() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.((Server|Datagram|Multicast)?Socket|URL|.*URLConnection|http\\..*)"
                        + "|java\\.nio\\.channels\\..*Socket.*|javax\\.net\\..*")
                .because("nothing is ever fetched because a certificate says so");
    }

    /// Breaks the rule, so that it is seen to hold the others.
    private record Offender(Socket socket) {}
}
