package org.chancery.pki.path.suite;

import static org.chancery.pki.path.PathFailure.MALFORMED;
import static org.chancery.pki.path.PathFailure.NAME_CONSTRAINT;
import static org.chancery.pki.path.suite.Rule.accepts;
import static org.chancery.pki.path.suite.Rule.refuses;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// RFC 5280 section 4.2.1.10: what an authority may name, for every kind of name, permitted and excluded,
/// said at every place of the path.
class NameConstraintsTest {
    private static final int AUTHORITIES = 3;

    /// A constraint, a name, and whether the one covers the other.
    private record Pair(String constraint, String name, boolean covers, ASN1Encodable base, ASN1Encodable leafName) {
        static Pair dns(String constraint, String name, boolean covers) {
            return new Pair("dns:" + constraint, name, covers, Ext.dns(constraint), Ext.dns(name));
        }

        static Pair email(String constraint, String name, boolean covers) {
            return new Pair("email:" + constraint, name, covers, Ext.email(constraint), Ext.email(name));
        }

        static Pair uri(String constraint, String name, boolean covers) {
            return new Pair("uri:" + constraint, name, covers, Ext.uri(constraint), Ext.uri(name));
        }

        static Pair ip(String address, String mask, String name, boolean covers) {
            return new Pair("ip:" + address + "/" + mask, name, covers, Ext.range(address, mask), Ext.ip(name));
        }

        static Pair directory(String constraint, String name, boolean covers) {
            return new Pair("directory:" + constraint, name, covers, Ext.directory(constraint), Ext.directory(name));
        }
    }

    private static List<Pair> pairs() {
        return List.of(
                Pair.dns("lab.example", "lab.example", true),
                Pair.dns("lab.example", "chat.lab.example", true),
                Pair.dns("lab.example", "a.b.c.lab.example", true),
                Pair.dns("lab.example", "Chat.LAB.Example", true),
                Pair.dns("LAB.example", "chat.lab.example", true),
                Pair.dns("lab.example", "*.lab.example", true),
                Pair.dns("lab.example", "badlab.example", false),
                Pair.dns("lab.example", "example", false),
                Pair.dns("lab.example", "lab.example.evil.example", false),
                Pair.dns("chat.lab.example", "lab.example", false),
                Pair.dns("", "anything.example", true),
                Pair.email("lab.example", "alice@lab.example", true),
                Pair.email("lab.example", "alice@LAB.example", true),
                Pair.email("lab.example", "alice@chat.lab.example", false),
                Pair.email("lab.example", "alice@badlab.example", false),
                Pair.email(".lab.example", "alice@chat.lab.example", true),
                Pair.email(".lab.example", "alice@a.b.lab.example", true),
                Pair.email(".lab.example", "alice@lab.example", false),
                Pair.email("alice@lab.example", "alice@lab.example", true),
                Pair.email("alice@lab.example", "alice@LAB.example", true),
                Pair.email("alice@lab.example", "\"alice\"@lab.example", true),
                Pair.email("alice@lab.example", "\"al\\ice\"@lab.example", true),
                Pair.email("alice@lab.example", "bob@lab.example", false),
                Pair.email("alice@lab.example", "alice@chat.lab.example", false),
                Pair.uri("lab.example", "https://lab.example/path", true),
                Pair.uri("lab.example", "https://LAB.example:8443/?q#f", true),
                Pair.uri("lab.example", "https://user@lab.example/", true),
                Pair.uri("lab.example", "https://chat.lab.example/", false),
                Pair.uri("lab.example", "https://lab.example@evil.example/", false),
                Pair.uri(".lab.example", "https://chat.lab.example/", true),
                Pair.uri(".lab.example", "https://lab.example/", false),
                Pair.ip("10.0.0.0", "255.0.0.0", "10.255.1.2", true),
                Pair.ip("10.0.0.0", "255.0.0.0", "11.0.0.1", false),
                Pair.ip("192.0.2.7", "255.255.255.255", "192.0.2.7", true),
                Pair.ip("192.0.2.7", "255.255.255.255", "192.0.2.8", false),
                Pair.ip("0.0.0.0", "0.0.0.0", "203.0.113.9", true),
                Pair.ip("fd00::", "ff00::", "fd12:3456::1", true),
                Pair.ip("fd00::", "ff00::", "fe80::1", false),
                Pair.ip("10.0.0.0", "255.0.0.0", "fd00::a00:1", false),
                Pair.ip("::", "::", "10.0.0.1", false),
                Pair.directory("O=Lab", "O=Lab,OU=One,CN=Alice", true),
                Pair.directory("O=Lab", "O=Lab", true),
                Pair.directory("O=The Lab", "O=the  lab,CN=Alice", true),
                Pair.directory("O=The Lab", "O=The\u00a0Lab,CN=Alice", true),
                Pair.directory("O=Lab", "O=L\u00adab,CN=Alice", true),
                Pair.directory("O=Lab", "O=La\u200bb,CN=Alice", true),
                Pair.directory("O=Lab", "O=L\u0001ab,CN=Alice", true),
                Pair.directory("O=Lab", "O=Labs,CN=Alice", false),
                Pair.directory("O=Lab,OU=One", "O=Lab,OU=Two,CN=Alice", false),
                Pair.directory("O=Lab,OU=One", "O=Lab", false),
                Pair.directory("O=Lab", "CN=Alice,O=Lab", false));
    }

    /// Permitted is accepted where the constraint covers the name, excluded where it does not; a kind that
    /// does not occur is not constrained.
    @TestFactory
    @Defends(Threat.NAME_CONSTRAINT_BYPASS)
    Stream<DynamicTest> everyKindAtEveryPlace() {
        List<Rule> rules = new ArrayList<>();
        for (Pair pair : pairs()) {
            // An authority's own subject falls under a directory constraint above it.
            int first = pair.constraint().startsWith("directory:") ? AUTHORITIES - 1 : 0;
            for (int place = first; place < AUTHORITIES; place++) {
                int at = place;
                String where = " from authority " + at + " for " + pair.name();
                rules.add(new Rule(
                        "4.2.1.10",
                        "permitted " + pair.constraint() + where,
                        pair.covers() ? Optional.empty() : Optional.of(NAME_CONSTRAINT),
                        () -> chain(pair.leafName()).authority(at, c -> c.with(Ext.permitted(pair.base())))));
                rules.add(new Rule(
                        "4.2.1.10",
                        "excluded " + pair.constraint() + where,
                        pair.covers() ? Optional.of(NAME_CONSTRAINT) : Optional.empty(),
                        () -> chain(pair.leafName()).authority(at, c -> c.with(Ext.excluded(pair.base())))));
            }
            rules.add(accepts(
                    "4.2.1.10",
                    "permitted " + pair.constraint() + " for a leaf without such a name",
                    () -> chain(Ext.registeredId("2.25.1"))
                            .authority(AUTHORITIES - 1, c -> c.with(Ext.permitted(pair.base())))));
        }
        return rules.stream().map(Rule::asTest);
    }

    /// Whoever is asked for by address is asked for without regard to case.
    @TestFactory
    @Defends(Threat.NAME_CONSTRAINT_BYPASS)
    Stream<DynamicTest> mailboxesThatDifferInCase() {
        return Rule.test(
                refuses(
                        "7.5",
                        "an excluded mailbox in other case",
                        NAME_CONSTRAINT,
                        () -> chain(Ext.email("Alice@lab.example"))
                                .issuing(c -> c.with(Ext.excluded(Ext.email("alice@lab.example"))))),
                refuses(
                        "7.5",
                        "a permitted mailbox in other case",
                        NAME_CONSTRAINT,
                        () -> chain(Ext.email("Alice@lab.example"))
                                .issuing(c -> c.with(Ext.permitted(Ext.email("alice@lab.example"))))));
    }

    /// Without a subject, so that the alternative name is the only one.
    private static Chain chain(ASN1Encodable... names) {
        return Chain.withAuthorities(AUTHORITIES)
                .leaf(c -> c.named(X500Name.getInstance(Ext.sequence())).with(Ext.critical(Ext.names(names))));
    }

    @TestFactory
    Stream<DynamicTest> combinations() {
        ASN1Encodable lab = Ext.dns("lab.example");
        ASN1Encodable chatLab = Ext.dns("chat.lab.example");
        ASN1Encodable other = Ext.dns("other.example");
        return Rule.test(
                accepts(
                        "6.1.3 (b)",
                        "one of several that are permitted",
                        constrained(Ext.permitted(other, lab), "lab.example")),
                refuses(
                        "6.1.3 (b)",
                        "each name must be permitted",
                        NAME_CONSTRAINT,
                        () -> chain(lab, other).issuing(c -> c.with(Ext.permitted(lab)))),
                refuses(
                        "6.1.3 (c)",
                        "no name may be excluded",
                        NAME_CONSTRAINT,
                        () -> chain(lab, other).issuing(c -> c.with(Ext.excluded(other)))),
                refuses(
                        "6.1.3 (c)",
                        "what is permitted and excluded",
                        NAME_CONSTRAINT,
                        constrained(Ext.nameConstraints(List.of(lab), List.of(chatLab)), "chat.lab.example")),
                accepts(
                        "6.1.3 (c)",
                        "what is permitted beside what is excluded",
                        constrained(Ext.nameConstraints(List.of(lab), List.of(chatLab)), "mail.lab.example")),
                accepts(
                        "6.1.4 (g)(1)",
                        "within both of two constraints",
                        () -> chain(chatLab)
                                .root(c -> c.with(Ext.permitted(lab)))
                                .issuing(c -> c.with(Ext.permitted(chatLab)))),
                refuses(
                        "6.1.4 (g)(1)",
                        "a wider constraint below does not widen",
                        NAME_CONSTRAINT,
                        () -> chain(lab)
                                .root(c -> c.with(Ext.permitted(chatLab)))
                                .issuing(c -> c.with(Ext.permitted(lab)))),
                refuses(
                        "6.1.4 (g)(1)",
                        "a narrower constraint below narrows",
                        NAME_CONSTRAINT,
                        () -> chain(lab)
                                .root(c -> c.with(Ext.permitted(lab)))
                                .issuing(c -> c.with(Ext.permitted(chatLab)))),
                refuses(
                        "6.1.4 (g)(1)",
                        "two constraints with nothing in common",
                        NAME_CONSTRAINT,
                        () -> chain(lab)
                                .root(c -> c.with(Ext.permitted(lab)))
                                .issuing(c -> c.with(Ext.permitted(other)))),
                refuses(
                        "6.1.4 (g)(2)",
                        "excluded above, whatever is excluded below",
                        NAME_CONSTRAINT,
                        () -> chain(lab)
                                .root(c -> c.with(Ext.excluded(lab)))
                                .issuing(c -> c.with(Ext.excluded(other)))),
                accepts(
                        "4.2.1.10",
                        "constraints of one kind leave another alone",
                        () -> chain(Ext.email("alice@other.example")).issuing(c -> c.with(Ext.permitted(lab)))),
                refuses(
                        "4.2.1.10",
                        "an uncritical constraint",
                        MALFORMED,
                        () -> chain(other).issuing(c -> c.with(Ext.notCritical(Ext.permitted(lab))))));
    }

    private static Supplier<Chain> constrained(Extension constraints, String host) {
        return () -> chain(Ext.dns(host)).issuing(c -> c.with(constraints));
    }

    @TestFactory
    Stream<DynamicTest> subjects() {
        return Rule.test(
                accepts(
                        "4.2.1.10",
                        "a subject within",
                        () -> Chain.standard()
                                .issuing(c -> c.with(Ext.permitted(Ext.directory("O=Lab"))))
                                .leaf(c -> c.named("O=Lab,CN=Alice"))),
                refuses(
                        "4.2.1.10",
                        "a subject outside",
                        NAME_CONSTRAINT,
                        () -> Chain.standard().issuing(c -> c.with(Ext.permitted(Ext.directory("O=Lab"))))),
                refuses(
                        "4.2.1.10",
                        "a subject that is excluded",
                        NAME_CONSTRAINT,
                        () -> Chain.standard()
                                .issuing(c -> c.with(Ext.excluded(Ext.directory("CN=alice@lab.example"))))),
                refuses(
                        "6.1.3 (b)",
                        "an authority whose subject is outside",
                        NAME_CONSTRAINT,
                        () -> Chain.standard()
                                .root(c -> c.with(Ext.permitted(Ext.directory("O=Lab"))))
                                .leaf(c -> c.named("O=Lab,CN=Alice"))),
                refuses(
                        "6.1.3 (b)",
                        "an authority whose alternative name is outside",
                        NAME_CONSTRAINT,
                        () -> Chain.standard()
                                .root(c -> c.with(Ext.permitted(Ext.dns("lab.example"))))
                                .issuing(c -> c.with(Ext.names(Ext.dns("other.example"))))),
                refuses(
                        "4.2.1.10",
                        "an emailAddress in the subject, where there is no alternative name",
                        NAME_CONSTRAINT,
                        () -> Chain.standard()
                                .issuing(c -> c.with(Ext.permitted(Ext.email("lab.example"))))
                                .leaf(c -> c.named("E=alice@other.example").without(Ext.SUBJECT_ALTERNATIVE_NAME))),
                accepts(
                        "4.2.1.10",
                        "an emailAddress in the subject within",
                        () -> Chain.standard()
                                .issuing(c -> c.with(Ext.permitted(Ext.email("lab.example"))))
                                .leaf(c -> c.named("E=alice@lab.example").without(Ext.SUBJECT_ALTERNATIVE_NAME))),
                accepts(
                        "RFC 9525 2",
                        "a common name is nobody's host",
                        () -> Chain.standard()
                                .issuing(c -> c.with(Ext.permitted(Ext.dns("lab.example"))))
                                .leaf(c -> c.named("CN=www.other.example")
                                        .with(Ext.names(Ext.email("alice@lab.example"))))));
    }

    @TestFactory
    Stream<DynamicTest> selfIssued() {
        return Rule.test(
                accepts(
                        "6.1.3 (b)",
                        "a self-issued authority outside",
                        () -> rolledOver().leaf(c -> c.named("O=Lab,CN=Alice"))),
                refuses("6.1.3 (b)", "a self-issued leaf outside", NAME_CONSTRAINT, () -> {
                    Chain chain = Chain.standard()
                            .issuing(c -> c.named("CN=Elsewhere").with(Ext.permitted(Ext.directory("O=Lab"))));
                    return chain.leaf(c -> c.named("CN=Elsewhere"));
                }));
    }

    /// An authority outside its own constraint, whose key has been replaced.
    private static Chain rolledOver() {
        Chain chain =
                Chain.standard().issuing(c -> c.named("CN=Elsewhere").with(Ext.permitted(Ext.directory("O=Lab"))));
        return chain.continuedBy(
                Draft.authority("again", chain.issuing()).named("CN=Elsewhere").key(TestKeys.ec("rolled over")));
    }

    /// "process the constraint or reject": what we do not know how to compare is refused where it occurs.
    @TestFactory
    Stream<DynamicTest> kindsThatAreNotCompared() {
        ASN1Encodable registered = Ext.registeredId("2.25.1");
        ASN1Encodable other = Ext.otherName("1.3.6.1.4.1.311.20.2.3", "alice@lab.example");
        return Stream.of(registered, other)
                .flatMap(name -> Rule.test(
                        refuses(
                                "4.2.1.10",
                                "a permitted name of tag " + name,
                                NAME_CONSTRAINT,
                                () -> chain(name).issuing(c -> c.with(Ext.permitted(name)))),
                        refuses(
                                "4.2.1.10",
                                "an excluded name of tag " + name,
                                NAME_CONSTRAINT,
                                () -> chain(name).issuing(c -> c.with(Ext.excluded(name)))),
                        accepts(
                                "4.2.1.10",
                                "a constraint on tag " + name + " that no name meets",
                                () -> chain(Ext.dns("lab.example")).issuing(c -> c.with(Ext.permitted(name))))));
    }

    @TestFactory
    Stream<DynamicTest> urisWithoutHost() {
        return Stream.of(
                        "urn:uuid:0",
                        "https://192.0.2.1/",
                        "https://[2001:db8::1]/",
                        "mailto:alice@lab.example",
                        "https:///path")
                .flatMap(uri -> Rule.test(
                        refuses(
                                "4.2.1.10",
                                "a URI constraint and " + uri,
                                NAME_CONSTRAINT,
                                () -> chain(Ext.uri(uri)).issuing(c -> c.with(Ext.permitted(Ext.uri("lab.example"))))),
                        refuses(
                                "4.2.1.10",
                                "a URI exclusion and " + uri,
                                NAME_CONSTRAINT,
                                () -> chain(Ext.uri(uri)).issuing(c -> c.with(Ext.excluded(Ext.uri("lab.example"))))),
                        accepts("4.2.1.10", "no URI constraint and " + uri, () -> chain(Ext.uri(uri)))));
    }

    /// Hosts and addresses together: whatever constrains one says nothing of the other, and the name asked
    /// for must be there whatever is permitted.
    @TestFactory
    Stream<DynamicTest> hostsAndAddressesTogether() {
        List<DynamicTest> tests = new ArrayList<>();
        String[] hosts = {"", "chat.lab.example", "chat.other.example"};
        String[] addresses = {"", "192.0.2.1", "198.51.100.1"};
        for (String host : hosts) {
            for (String address : addresses) {
                for (int constraints = 0; constraints < 16; constraints++) {
                    if (!host.isEmpty() || !address.isEmpty()) {
                        tests.add(together(host, address, constraints).asTest());
                    }
                }
            }
        }
        return tests.stream();
    }

    /// @param constraints bits: permit the lab's hosts, exclude them, permit 192.0.2.0/24, exclude it
    private static Rule together(String host, String address, int constraints) {
        List<ASN1Encodable> names = new ArrayList<>();
        List<ASN1Encodable> permitted = new ArrayList<>();
        List<ASN1Encodable> excluded = new ArrayList<>();
        addIf(!host.isEmpty(), names, () -> Ext.dns(host));
        addIf(!address.isEmpty(), names, () -> Ext.ip(address));
        addIf((constraints & 1) != 0, permitted, () -> Ext.dns("lab.example"));
        addIf((constraints & 2) != 0, excluded, () -> Ext.dns("lab.example"));
        addIf((constraints & 4) != 0, permitted, () -> Ext.range("192.0.2.0", "255.255.255.0"));
        addIf((constraints & 8) != 0, excluded, () -> Ext.range("192.0.2.0", "255.255.255.0"));
        boolean good = allowed(host, host.endsWith(".lab.example"), constraints & 3)
                && allowed(address, address.startsWith("192.0.2."), constraints >> 2);
        Optional<PathFailure> expected = good ? Optional.empty() : Optional.of(NAME_CONSTRAINT);
        return new Rule(
                "4.2.1.10",
                "host %s, address %s, constraints %d".formatted(host, address, constraints),
                expected,
                () -> {
                    Chain chain = chain(names.toArray(ASN1Encodable[]::new));
                    if (constraints != 0) {
                        chain.authority(
                                constraints % AUTHORITIES, c -> c.with(Ext.nameConstraints(permitted, excluded)));
                    }
                    return chain.asking(request ->
                                    host.isEmpty() ? request.ip(InetAddress.ofLiteral(address)) : request.host(host))
                            .asking(request -> request.purpose(Purpose.SERVER));
                });
    }

    private static void addIf(boolean there, List<ASN1Encodable> names, Supplier<ASN1Encodable> name) {
        if (there) {
            names.add(name.get());
        }
    }

    private static boolean allowed(String name, boolean within, int constraints) {
        boolean permitted = (constraints & 1) == 0 || within;
        boolean excluded = (constraints & 2) != 0 && within;
        return name.isEmpty() || (permitted && !excluded);
    }
}
