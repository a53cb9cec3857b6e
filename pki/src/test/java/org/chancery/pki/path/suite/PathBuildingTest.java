package org.chancery.pki.path.suite;

import static org.chancery.pki.path.PathFailure.EXPIRED;
import static org.chancery.pki.path.PathFailure.NOT_A_CA;
import static org.chancery.pki.path.PathFailure.NO_PATH;
import static org.chancery.pki.path.suite.Rule.accepts;
import static org.chancery.pki.path.suite.Rule.refuses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERNull;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Building a path (RFC 4158): whatever certificates lie around, a good path is found if there is one, and none is
/// made up if there is not.
class PathBuildingTest {
    /// What makes a certificate of the path unusable, one at a time.
    private static final List<Consumer<Draft>> FAULTS = List.of(
            Draft::expired,
            c -> c.notBefore(TestPki.NOW.plusSeconds(1)),
            c -> c.without(Ext.BASIC_CONSTRAINTS),
            c -> c.with(Ext.keyUsage(Ext.CRL_SIGN)),
            c -> c.with(Ext.purposes(Ext.OCSP_SIGNING)),
            c -> c.with(Ext.permitted(Ext.dns("other.example"))),
            c -> c.with(Ext.of("2.25.1", true, DERNull.INSTANCE)),
            c -> c.with(Ext.requireExplicitPolicy(0)),
            c -> c.key(TestKeys.ec("impostor")),
            c -> c.encoding(der -> {
                der[der.length - 1] ^= 1;
                return der;
            }));

    @TestFactory
    Stream<DynamicTest> strangers() {
        return Rule.test(
                accepts("RFC 4158 2.4", "issuers in any order, among strangers", () -> {
                    Chain chain = Chain.withAuthorities(5);
                    Draft elsewhere = Draft.root("Elsewhere");
                    return chain.also(
                            elsewhere, Draft.authority("Stranger", elsewhere), Draft.leaf(elsewhere), chain.root());
                }),
                refuses(
                        "RFC 4158 2.4",
                        "an issuer that is missing",
                        NO_PATH,
                        () -> Chain.standard().alone()),
                accepts("RFC 4158 2.4", "strangers that cannot be read", () -> {
                    Chain chain = Chain.standard();
                    return chain.also(
                            Draft.authority("Garbled", chain.root()).with(Ext.garbled(Ext.BASIC_CONSTRAINTS, true)),
                            Draft.authority("Cut", chain.root()).encoding(der -> Arrays.copyOf(der, 99)));
                }),
                accepts("RFC 4158 2.4", "one issuer given many times", () -> {
                    Chain chain = Chain.standard();
                    return chain.also(chain.issuing(), chain.issuing(), chain.issuing());
                }),
                refuses("RFC 4158 2.4", "issuers that certify each other in a circle", NO_PATH, () -> {
                    Draft elsewhere = Draft.root("Elsewhere");
                    Draft one = Draft.authority("One", Draft.authority("Two", elsewhere));
                    Draft two = Draft.authority("Two", one);
                    return Chain.standard().also(one, two).target(Draft.leaf(one));
                }),
                accepts("RFC 4158 2.4", "a circle beside the way out", () -> {
                    Draft root = Draft.root("Root");
                    Draft one = Draft.authority("One", root);
                    Draft two = Draft.authority("Two", one);
                    Draft oneByTwo = Draft.authority("One", two);
                    return Chain.standard().also(oneByTwo, two, one).target(Draft.leaf(one));
                }));
    }

    /// The same authority certified twice, once with a fault: in either order, the good one is found.
    @TestFactory
    Stream<DynamicTest> siblings() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < FAULTS.size(); i++) {
            Consumer<Draft> fault = FAULTS.get(i);
            rules.add(accepts(
                    "RFC 4158 3.5", "a sibling with fault " + i + " before the good one", () -> sibling(fault, true)));
            rules.add(accepts(
                    "RFC 4158 3.5", "a sibling with fault " + i + " after the good one", () -> sibling(fault, false)));
            rules.add(accepts("RFC 4158 3.5", "an anchor with fault " + i + " beside the good one", () -> {
                Draft spoilt = Draft.root("Root");
                fault.accept(spoilt);
                Chain chain = Chain.standard();
                return chain.trusting(spoilt, chain.root());
            }));
        }
        return rules.stream().map(Rule::asTest);
    }

    private static Chain sibling(Consumer<Draft> fault, boolean first) {
        Chain chain = Chain.standard();
        Draft good = chain.issuing();
        Draft spoilt = Draft.authority("Authority 1", chain.root());
        fault.accept(spoilt);
        chain.alone();
        return first ? chain.also(spoilt, good) : chain.also(good, spoilt);
    }

    /// A trellis: in each of several layers the authority is certified by both authorities of the layer above. All
    /// crossings but one way are spoilt, and that one is found, wherever it goes.
    @TestFactory
    Stream<DynamicTest> theOneWayThrough() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < FAULTS.size(); i++) {
            Consumer<Draft> fault = FAULTS.get(i);
            for (int way = 0; way < 8; way++) {
                int turns = way;
                rules.add(accepts(
                        "RFC 4158 2.4",
                        "way %d through a trellis with fault %d".formatted(way, i),
                        () -> trellis(turns, fault)));
            }
        }
        return rules.stream().map(Rule::asTest);
    }

    /// @param turns which of the two authorities of each layer the good way passes, a bit a layer
    private static Chain trellis(int turns, Consumer<Draft> fault) {
        Draft root = Draft.root("Root");
        List<Draft> above = List.of(root);
        List<Draft> all = new ArrayList<>();
        for (int layer = 0; layer < 3; layer++) {
            List<Draft> here = new ArrayList<>();
            for (int side = 0; side < 2; side++) {
                String name = "Layer %d side %d".formatted(layer, side);
                for (int from = 0; from < above.size(); from++) {
                    Draft crossing = Draft.authority(name, above.get(from));
                    boolean good = side == (turns >> layer & 1) && (layer == 0 || from == (turns >> (layer - 1) & 1));
                    if (good) {
                        here.add(crossing);
                    } else {
                        fault.accept(crossing);
                    }
                    all.add(crossing);
                }
                if (here.size() <= side) {
                    here.add(Draft.authority(name, above.getFirst()));
                }
            }
            above = here;
        }
        Draft last = above.get(turns >> 2 & 1);
        return Chain.standard()
                .trusting(root)
                .alone()
                .also(all.toArray(Draft[]::new))
                .target(Draft.leaf(last));
    }

    @TestFactory
    Stream<DynamicTest> crossCertificates() {
        return Rule.test(
                accepts("RFC 4158 2.3", "from the old root by a cross-certificate of the new", () -> {
                    Draft old = Draft.root("Old");
                    Draft fresh = Draft.root("Fresh");
                    Draft issuing = Draft.authority("Issuing", fresh);
                    return Chain.standard()
                            .trusting(old)
                            .alone()
                            .also(issuing, fresh, Draft.authority("Fresh", old))
                            .target(Draft.leaf(issuing));
                }),
                accepts("RFC 4158 2.3", "from the new root, the cross-certificate expired", () -> {
                    Draft old = Draft.root("Old");
                    Draft fresh = Draft.root("Fresh");
                    Draft issuing = Draft.authority("Issuing", fresh);
                    return Chain.standard()
                            .trusting(old, fresh)
                            .alone()
                            .also(Draft.authority("Fresh", old).expired(), issuing)
                            .target(Draft.leaf(issuing));
                }),
                refuses("RFC 4158 2.3", "from the old root alone, the cross-certificate expired", EXPIRED, () -> {
                    Draft old = Draft.root("Old");
                    Draft fresh = Draft.root("Fresh");
                    Draft issuing = Draft.authority("Issuing", fresh);
                    return Chain.standard()
                            .trusting(old)
                            .alone()
                            .also(Draft.authority("Fresh", old).expired(), issuing)
                            .target(Draft.leaf(issuing));
                }),
                accepts("RFC 4158 3.5", "a path that ends at a nearer anchor, the farther one expired", () -> {
                    Chain chain = Chain.withAuthorities(3).root(Draft::expired);
                    return chain.trusting(chain.root(), chain.issuing());
                }),
                accepts("RFC 4158 3.5", "many anchors of one name", () -> {
                    Chain chain = Chain.standard();
                    Draft[] anchors = new Draft[20];
                    for (int i = 0; i < 19; i++) {
                        anchors[i] = Draft.root("Root").key(TestKeys.ec("anchor " + i));
                    }
                    anchors[19] = chain.root();
                    return chain.trusting(anchors);
                }),
                refuses("6.1.4 (k)", "a leaf that issued a leaf", NOT_A_CA, () -> {
                    Chain chain = Chain.standard();
                    Draft person = Draft.leaf(chain.issuing()).named("CN=bob@lab.example");
                    return chain.also(person).target(Draft.leaf(person));
                }));
    }
}
