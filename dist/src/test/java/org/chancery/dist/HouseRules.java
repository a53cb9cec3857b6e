package org.chancery.dist;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// The rules of the house that no compiler knows; `module-info` guards some of them already, and these hold on the
/// class path too, where the programs run.
final class HouseRules {
    /// Who may know whom: the arrows of docs/architecture.md.
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "pki", Set.of(),
            "console", Set.of("pki"),
            "protocol", Set.of("pki"),
            "ca", Set.of("pki", "console"),
            "server", Set.of("pki", "console", "protocol"),
            "client", Set.of("pki", "console", "protocol"));

    private HouseRules() {}

    static Set<String> modules() {
        return ARROWS.keySet();
    }

    static ArchRule arrowsOf(String module) {
        String[] forbidden = ARROWS.keySet().stream()
                .filter(other -> !other.equals(module) && !ARROWS.get(module).contains(other))
                .map(other -> "org.chancery." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("org.chancery." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .because(module + " may know " + ARROWS.get(module) + " only");
    }

    static ArchRule onlyTheClientSealsAndOpens() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("org.chancery.pki.sealing..", "org.chancery.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.chancery.pki.sealing..")
                .because("a relay that holds an opener is one key away from reading");
    }

    static ArchRule windowsOnlyInUi() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("org.chancery.client.ui..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.swing..", "java.awt..", "com.formdev..", "net.miginfocom..")
                .because("the engine runs without a display and off the event thread");
    }

    static ArchRule jdbcOnlyInStores() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        "..ledger..", "..store..", "..conversation.sqlite..", "org.chancery.onlooker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
                .because("what is durable is decided in one package a program; the onlooker only looks");
    }

    static ArchRule noDirectoryIsAsked() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.naming..")
                .because("what asks no directory can be given no query by a name");
    }

    static ArchRule noCycles() {
        return slices().matching("org.chancery.(**)").should().beFreeOfCycles();
    }

    static ArchRule packagesAreSubjects() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..common..", "..impl..", "..manager..", "..helper..", "..model..", "..exception..")
                .because("a package is named for its subject, not for a layer or for what was left over");
    }

    static ArchRule worldEntersAtTheCommand() {
        DescribedPredicate<JavaCall<?>> world = target(
                        owner(DescribedPredicate.<JavaClass>describe("Instant", c -> c.isEquivalentTo(Instant.class))))
                .and(target(nameMatching("now")))
                .or(target(owner(DescribedPredicate.<JavaClass>describe("Clock", c -> c.isEquivalentTo(Clock.class))))
                        .and(target(nameMatching("system.*|tick.*"))))
                .or(target(owner(DescribedPredicate.<JavaClass>describe(
                                "SecureRandom", c -> c.isEquivalentTo(SecureRandom.class))))
                        .and(target(nameMatching("<init>|getInstance.*"))))
                .or(target(owner(DescribedPredicate.<JavaClass>describe("System", c -> c.isEquivalentTo(System.class))))
                        .and(target(nameMatching("getenv|currentTimeMillis"))))
                .as("Instant.now, Clock.system*, new SecureRandom, System.getenv or System.currentTimeMillis");
        return ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages("..command..", "..console..")
                .and()
                .doNotHaveSimpleName("Main")
                .should()
                .callCodeUnitWhere(world)
                .because("time, chance and environment are arguments, so that tests can hold them still");
    }

    static ArchRule signaturesAreOurOwn(Set<String> exportedPackages) {
        return ArchRuleDefinition.classes()
                .that()
                .arePublic()
                .and(resideInAnyPackage(exportedPackages.toArray(String[]::new)))
                .should(new NameOnlyOwnTypes(
                        "org.bouncycastle.",
                        "com.google.protobuf.",
                        "java.sql.",
                        "org.sqlite.",
                        "org.chancery.protocol.wire."))
                .because("what is exported must not drag a library behind it");
    }
}
