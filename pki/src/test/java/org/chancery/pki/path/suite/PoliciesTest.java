package org.chancery.pki.path.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PolicyDemand;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Certificate policies: RFC 5280 section 6.1 as RFC 9618 restates it.
///
/// A path is written from the root's subordinate down to the leaf, certificates apart by `/`, in each of them words:
/// a number or `any` is a policy, `1>2` a mapping, `require:N`, `no-mapping:N` and `no-any:N` are constraints that
/// begin after N certificates, `self` makes it self-issued. What is asked is written the same way: numbers are the
/// user-initial-policy-set, `require`, `no-mapping` and `no-any` the three initial switches. The answer is the set of
/// policies the path is good for, or that there is none.
class PoliciesTest {
    private static final String ARC = "2.25.1000.";

    private record Case(String sentence, String path, String asked, String answer) {}

    private static final List<Case> CASES = List.of(
            new Case("without policies, where none is asked", " / ", "", ""),
            new Case("without policies, where one is required", " / ", "require", "none"),
            new Case("one policy throughout", "1 / 1", "require", "1"),
            new Case("two policies throughout", "1 2 / 1 2", "require", "1 2"),
            new Case("what all certificates have in common", "1 2 / 2 3", "require", "2"),
            new Case("nothing in common, where none is required", "1 / 2", "", ""),
            new Case("nothing in common, where one is required", "1 / 2", "require", "none"),
            new Case("nothing in common two authorities apart", "1 2 / 2 3 / 1 3 / 3", "require", "none"),
            new Case("a certificate without policies ends them all", "1 /  / 1", "require", "none"),
            new Case("the policy that is asked for", "1 2 / 1 2", "require 1", "1"),
            new Case("a policy that is not there", "1 / 1", "require 2", "none"),
            new Case("a policy that is not there, where none is required", "1 / 1", "2", ""),
            new Case("one of several that are asked for", "1 / 1", "require 1 2", "1"),
            new Case("anyPolicy above lets a policy begin below", "any / 1", "require", "1"),
            new Case("anyPolicy below keeps the policy above", "1 / any", "require", "1"),
            new Case("anyPolicy throughout is good for what is asked", "any / any", "require 1 2", "1 2"),
            new Case("anyPolicy throughout is good for anything", "any / any", "require", "any"),
            new Case("anyPolicy beside a policy", "1 any / 2", "require", "2"),
            new Case("anyPolicy beside a policy, both kept", "1 any / 1 any", "require 1 2", "1 2"),
            new Case("a mapping", "1 1>2 / 2", "require", "1"),
            new Case("a mapped policy is not the user's own", "1 1>2 / 2", "require 2", "none"),
            new Case("the policy that was mapped away", "1 1>2 / 1", "require", "none"),
            new Case("a mapping of what is not asserted", "1 2>3 / 3", "require", "none"),
            new Case("a mapping beside the policy it leaves alone", "1 2 1>3 / 2 3", "require", "1 2"),
            new Case("one policy mapped to two", "1 1>2 1>3 / 3", "require", "1"),
            new Case("two policies mapped to one", "1 2 1>3 2>3 / 3", "require", "1 2"),
            new Case("a policy mapped to itself and another", "1 1>1 1>2 / 1", "require", "1"),
            new Case("two mappings in a row", "1 1>2 / 2 2>3 / 3", "require", "1"),
            new Case("a swap", "1 2 1>2 2>1 / 1", "require", "2"),
            new Case("a mapping under anyPolicy", "any 1>2 / 2", "require 1", "1"),
            new Case("a mapping under anyPolicy, for the other domain", "any 1>2 / 2", "require 2", "none"),
            new Case("a mapping, then anyPolicy", "1 1>2 / any", "require", "1"),
            new Case("a mapping from anyPolicy", "any any>2 / 2", "", "none"),
            new Case("a mapping to anyPolicy", "1 1>any / 2", "", "none"),
            new Case("a mapping where the user inhibits them", "1 1>2 / 2", "require no-mapping", "none"),
            new Case("a mapped policy is gone where mapping is inhibited", "1 1>2 / 1", "require no-mapping", "none"),
            new Case("another policy where mapping is inhibited", "1 3 1>2 / 2 3", "require no-mapping", "3"),
            new Case("mapping inhibited from here on", "1 no-mapping:0 / 1 1>2 / 2", "require", "none"),
            new Case("the certificate that inhibits mapping may map", "1 1>2 no-mapping:0 / 2", "require", "1"),
            new Case("mapping inhibited after one more", "1 no-mapping:1 / 1 1>2 / 2", "require", "1"),
            new Case(
                    "mapping inhibited after one more, and it is over",
                    "1 no-mapping:1 / 1 / 1 1>2 / 2",
                    "require",
                    "none"),
            new Case(
                    "a larger number below does not lift it",
                    "1 no-mapping:0 / 1 no-mapping:9 / 1 1>2 / 2",
                    "require",
                    "none"),
            new Case(
                    "self-issued ones do not count against mapping",
                    "1 no-mapping:1 / 1 self / 1 1>2 / 2",
                    "require",
                    "1"),
            new Case("a policy required at once", "require:0 / ", "", "none"),
            new Case("a policy required at once, and there", "1 require:0 / 1", "", "1"),
            new Case("a policy required by the leaf itself", " / require:0", "", "none"),
            new Case("a policy required by the leaf later", " / require:1", "", ""),
            new Case("a policy required after the path is over", "require:2 / ", "", ""),
            new Case("a policy required after one more", "require:1 /  / ", "", "none"),
            new Case("a larger number below does not postpone it", "require:1 / require:9 / ", "", "none"),
            new Case("a smaller number below hastens it", "require:9 / require:0 / ", "", "none"),
            new Case("self-issued ones do not count towards it", "require:2 / self / ", "", ""),
            new Case("anyPolicy where the user inhibits it", "any / 1", "require no-any", "none"),
            new Case("anyPolicy inhibited from here on", "1 no-any:0 / any", "require", "none"),
            new Case("the certificate that inhibits anyPolicy may have it", "any no-any:0 / 1", "require", "1"),
            new Case("anyPolicy inhibited after one more", "1 no-any:1 / any / 1", "require", "1"),
            new Case("anyPolicy inhibited after one more, and it is over", "1 no-any:1 / any / any", "require", "none"),
            new Case(
                    "anyPolicy of a self-issued authority, though inhibited",
                    "1 no-any:0 / any self / 1",
                    "require",
                    "1"),
            new Case("a larger number below does not lift that", "1 no-any:0 / 1 no-any:9 / any", "require", "none"),
            new Case("a mapping under an inhibited anyPolicy", "1 no-any:0 / any 1>2 / 2", "require", "none"),
            new Case("what is asked for and what the path is good for meet", "1 2 / any / 2 3", "require 2 3", "2"));

    @TestFactory
    Stream<DynamicTest> answers() {
        return CASES.stream()
                .map(each -> DynamicTest.dynamicTest(
                        "%s: [%s] asked [%s]: %s".formatted(each.sentence(), each.path(), each.asked(), each.answer()),
                        () -> assertThat(answer(each)).isEqualTo(each.answer())));
    }

    private static String answer(Case each) throws Exception {
        Set<String> words = words(each.asked());
        boolean require = words.remove("require");
        boolean noMapping = words.remove("no-mapping");
        boolean noAny = words.remove("no-any");
        PolicyDemand demand = new PolicyDemand(
                Set.copyOf(words.stream().map(PoliciesTest::oid).toList()), require, noMapping, noAny);
        try {
            Set<String> names = new TreeSet<>();
            chain(each.path())
                    .asking(request -> request.policies(demand))
                    .validate()
                    .policies()
                    .forEach(oid -> names.add(oid.equals(Ext.ANY_POLICY) ? "any" : oid.substring(ARC.length())));
            return String.join(" ", names);
        } catch (PathValidationException e) {
            return e.failure() == PathFailure.POLICY ? "none" : e.failure().name();
        }
    }

    private static Chain chain(String path) {
        String[] certificates = path.split("/", -1);
        Chain chain = Chain.withAuthorities(1);
        for (int i = 0; i < certificates.length - 1; i++) {
            Set<String> words = words(certificates[i]);
            Draft authority = Draft.authority("Authority " + i, chain.issuing());
            if (words.remove("self")) {
                authority.named(chain.issuing().subject()).key(TestKeys.ec("self " + i));
            }
            extensions(words).forEach(authority::with);
            chain.continuedBy(authority);
        }
        return chain.leaf(
                c -> extensions(words(certificates[certificates.length - 1])).forEach(c::with));
    }

    private static List<Extension> extensions(Set<String> words) {
        List<String> policies = new ArrayList<>();
        List<String> mappings = new ArrayList<>();
        List<Extension> extensions = new ArrayList<>();
        for (String word : words) {
            int number = word.contains(":") ? Integer.parseInt(word.substring(word.indexOf(':') + 1)) : 0;
            if (word.startsWith("require:")) {
                extensions.add(Ext.requireExplicitPolicy(number));
            } else if (word.startsWith("no-mapping:")) {
                extensions.add(Ext.inhibitPolicyMapping(number));
            } else if (word.startsWith("no-any:")) {
                extensions.add(Ext.inhibitAnyPolicy(number));
            } else if (word.contains(">")) {
                Arrays.stream(word.split(">")).map(PoliciesTest::oid).forEach(mappings::add);
            } else {
                policies.add(oid(word));
            }
        }
        if (!policies.isEmpty()) {
            extensions.add(Ext.policies(policies.toArray(String[]::new)));
        }
        if (!mappings.isEmpty()) {
            extensions.add(Ext.mappings(mappings.toArray(String[]::new)));
        }
        return extensions;
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(Stream.of(text.strip().split(" +"))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    private static String oid(String word) {
        return word.equals("any") ? Ext.ANY_POLICY : ARC + word;
    }
}
