package org.chancery.pki.path.suite;

import static org.chancery.pki.path.PathFailure.NO_PATH;
import static org.chancery.pki.path.PathFailure.PATH_TOO_LONG;
import static org.chancery.pki.path.PathFailure.SELF_SIGNED_NOT_TRUSTED;
import static org.chancery.pki.path.PathFailure.SIGNATURE_INVALID;
import static org.chancery.pki.path.suite.Rule.accepts;
import static org.chancery.pki.path.suite.Rule.refuses;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// RFC 5280 section 6.1: names chain, signatures verify, authorities count.
class PathProcessingTest {
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String ORGANISATION = "2.5.4.10";

    @TestFactory
    Stream<DynamicTest> names() {
        return Rule.test(
                accepts(
                        "7.1",
                        "names that differ in case",
                        chaining(name(COMMON_NAME, utf8("The Lab")), name(COMMON_NAME, utf8("the LAB")))),
                accepts(
                        "7.1",
                        "names that differ in blanks",
                        chaining(name(COMMON_NAME, utf8("The Lab")), name(COMMON_NAME, utf8("  The   Lab ")))),
                accepts(
                        "7.1",
                        "a PrintableString and a UTF8String of one text",
                        chaining(name(COMMON_NAME, printable("The Lab")), name(COMMON_NAME, utf8("The Lab")))),
                accepts(
                        "7.1",
                        "letters beyond ASCII that differ in case",
                        chaining(name(COMMON_NAME, utf8("Ünï")), name(COMMON_NAME, utf8("ünÏ")))),
                refuses(
                        "7.1",
                        "names that differ in a letter",
                        NO_PATH,
                        chaining(name(COMMON_NAME, utf8("The Lab")), name(COMMON_NAME, utf8("The Lap")))),
                refuses(
                        "7.1",
                        "one text under two attributes",
                        NO_PATH,
                        chaining(name(COMMON_NAME, utf8("Lab")), name(ORGANISATION, utf8("Lab")))),
                refuses(
                        "7.1",
                        "parts in another order",
                        NO_PATH,
                        chaining(new X500Name("O=Lab,CN=CA"), new X500Name("CN=CA,O=Lab"))),
                refuses(
                        "7.1",
                        "two attributes in one part, or in two",
                        NO_PATH,
                        chaining(new X500Name("O=Lab+CN=CA"), new X500Name("O=Lab,CN=CA"))),
                refuses(
                        "7.1",
                        "a name that is the beginning of another",
                        NO_PATH,
                        chaining(new X500Name("O=Lab"), new X500Name("O=Lab,CN=CA"))));
    }

    @TestFactory
    Stream<DynamicTest> signatures() {
        return Rule.test(
                refuses("6.1.3 (a)(1)", "a leaf signed by another key of that name", SIGNATURE_INVALID, () -> {
                    Chain chain = Chain.standard();
                    return chain.target(Draft.leaf(impostor(chain.issuing(), chain.root())));
                }),
                refuses(
                        "6.1.3 (a)(1)",
                        "an authority signed by another key of the root's name",
                        SIGNATURE_INVALID,
                        () -> Chain.standard().trusting(Draft.root("Root").key(TestKeys.ec("impostor")))),
                refuses(
                        "6.1",
                        "a leaf that signed itself",
                        SELF_SIGNED_NOT_TRUSTED,
                        () -> Chain.standard()
                                .target(Draft.root("Somebody")
                                        .with(Ext.purposes(Ext.CLIENT_AUTH))
                                        .with(Ext.keyUsage(0))
                                        .with(Ext.basicConstraints()))),
                refuses(
                        "6.1",
                        "nobody to trust",
                        NO_PATH,
                        () -> Chain.standard().trusting()),
                refuses("6.1", "a root in hand that nobody trusts", NO_PATH, () -> {
                    Chain chain = Chain.standard();
                    return chain.also(chain.root()).trusting(Draft.root("Another"));
                }),
                accepts("6.1", "an authority that is trusted itself", () -> {
                    Chain chain = Chain.standard();
                    return chain.trusting(chain.issuing()).alone();
                }),
                accepts("6.1", "a trust anchor that another signed", () -> {
                    Chain chain = Chain.withAuthorities(4);
                    return chain.trusting(chain.issuing()).alone();
                }));
    }

    @TestFactory
    Stream<DynamicTest> pathLength() {
        return Rule.test(
                accepts(
                        "6.1.4 (l)",
                        "as many authorities as the constraint allows",
                        () -> Chain.withAuthorities(4).authority(1, c -> c.with(Ext.authority(2)))),
                refuses(
                        "6.1.4 (l)",
                        "one authority more than the constraint allows",
                        PATH_TOO_LONG,
                        () -> Chain.withAuthorities(4).authority(1, c -> c.with(Ext.authority(1)))),
                refuses(
                        "6.1.4 (m)",
                        "a wider constraint does not lift a narrower one above",
                        PATH_TOO_LONG,
                        () -> Chain.withAuthorities(5)
                                .authority(1, c -> c.with(Ext.authority(1)))
                                .authority(2, c -> c.with(Ext.authority(9)))),
                refuses(
                        "6.1.4 (m)",
                        "a narrower constraint below a wider one",
                        PATH_TOO_LONG,
                        () -> Chain.withAuthorities(5)
                                .authority(1, c -> c.with(Ext.authority(9)))
                                .authority(2, c -> c.with(Ext.authority(1)))),
                accepts(
                        "4.2.1.9",
                        "a constraint of zero lets a leaf be issued",
                        () -> Chain.standard().issuing(c -> c.with(Ext.authority(0)))),
                accepts("4.2.1.9", "the last certificate is not counted, authority or not", () -> {
                    Chain chain = Chain.withAuthorities(3)
                            .authority(1, c -> c.with(Ext.authority(0)))
                            .forAnyPurpose();
                    return chain.target(chain.issuing());
                }),
                refuses(
                        "6.1",
                        "the constraint of a trust anchor",
                        PATH_TOO_LONG,
                        () -> Chain.standard().root(c -> c.with(Ext.authority(0)))),
                accepts("6.1.4 (l)", "self-issued certificates are not counted", () -> selfIssued(0)),
                refuses("6.1.4 (l)", "authorities beside self-issued ones are counted", PATH_TOO_LONG, () -> {
                    Chain chain = selfIssued(0);
                    return chain.continuedBy(Draft.authority("Below", chain.issuing()));
                }));
    }

    @TestFactory
    Stream<DynamicTest> maximumDepth() {
        return Rule.test(
                accepts("6", "a path of ten certificates", () -> Chain.withAuthorities(10)),
                accepts(
                        "6",
                        "as many certificates as asked",
                        () -> Chain.withAuthorities(4).asking(request -> request.maxDepth(4))),
                refuses(
                        "6",
                        "more certificates than asked",
                        PATH_TOO_LONG,
                        () -> Chain.withAuthorities(4).asking(request -> request.maxDepth(3))),
                accepts(
                        "6",
                        "a leaf alone below the anchor",
                        () -> Chain.withAuthorities(1).asking(request -> request.maxDepth(1))));
    }

    /// An authority with this pathLenConstraint, its own name again with a new key, and a leaf.
    private static Chain selfIssued(int pathLength) {
        Chain chain = Chain.standard().issuing(c -> c.with(Ext.authority(pathLength)));
        Draft again = Draft.authority("Authority 1", chain.issuing()).key(TestKeys.ec("rolled over"));
        return chain.continuedBy(again);
    }

    private static Draft impostor(Draft of, Draft issuer) {
        return Draft.authority("impostor", issuer).named(of.subject()).key(TestKeys.ec("impostor"));
    }

    /// An authority of the one name, and a leaf that names the other as its issuer.
    private static Supplier<Chain> chaining(X500Name subject, X500Name issuer) {
        return () -> Chain.standard().issuing(c -> c.named(subject)).leaf(c -> c.naming(issuer));
    }

    private static X500Name name(String attribute, ASN1Encodable value) {
        return X500Name.getInstance(Ext.sequence(new DERSet(Ext.sequence(new ASN1ObjectIdentifier(attribute), value))));
    }

    private static ASN1Encodable utf8(String text) {
        return new DERUTF8String(text);
    }

    private static ASN1Encodable printable(String text) {
        return new DERPrintableString(text);
    }
}
