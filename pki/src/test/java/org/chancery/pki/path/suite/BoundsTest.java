package org.chancery.pki.path.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chancery.pki.path.PathFailure.NAME_CONSTRAINT;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.der.Der;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PolicyDemand;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.OcspCertId;
import org.chancery.pki.revocation.OcspResponse;
import org.chancery.pki.testing.CrlForge;
import org.chancery.pki.testing.OcspForge;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.Test;

/// Whatever a stranger sends, an answer comes within a second.
class BoundsTest {
    private static final Duration BOUND = Duration.ofSeconds(1);

    /// More than is ever needed: so said by the bound on one certificate, or on all that judging may cost.
    private static final List<Optional<PathFailure>> TOO_MUCH =
            List.of(Optional.of(PathFailure.MALFORMED), Optional.of(PathFailure.TOO_COMPLEX));

    @Test
    void answersAmongAuthoritiesThatAllCertifyEachOther() {
        Draft elsewhere = Draft.root("Elsewhere");
        List<Draft> peers = many(20, i -> Draft.authority("Peer " + i, elsewhere));
        List<Draft> all = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            for (int j = 0; j < peers.size(); j++) {
                if (i != j) {
                    all.add(Draft.authority("Peer " + i, peers.get(j)));
                }
            }
        }

        assertThat(judged(Chain.standard().also(all.toArray(Draft[]::new)).target(Draft.leaf(peers.getFirst()))))
                .isNotEmpty();
    }

    @Test
    void findsTheRightOneOfThousandOfOneName() {
        Chain chain = Chain.standard();
        List<Draft> namesakes =
                many(999, i -> Draft.authority("Authority 1", chain.root()).key(TestKeys.ec("namesake " + i % 20)));
        Draft right = chain.issuing();
        chain.alone().also(namesakes.toArray(Draft[]::new)).also(right);

        assertThat(judged(chain)).isEmpty();
    }

    @Test
    void answersAmongThousandOfOneNameWithoutHint() {
        Chain chain = Chain.standard().leaf(c -> c.with(Ext.authorityKeyIdentifier(TestKeys.ec("nobody"))));
        List<Draft> namesakes =
                many(999, i -> Draft.authority("Authority 1", chain.root()).key(TestKeys.ec("namesake " + i % 20)));
        Draft right = chain.issuing();

        assertThat(judged(chain.alone().also(namesakes.toArray(Draft[]::new)).also(right)))
                .isIn(Optional.empty(), Optional.of(PathFailure.TOO_COMPLEX));
    }

    @Test
    void answersAmongThousandOfOneNameAndKey() {
        Draft elsewhere = Draft.root("Same");
        List<Draft> same = many(1000, i -> Draft.authority("Same", elsewhere).key(elsewhere.key()));

        assertThat(judged(Chain.standard().also(same.toArray(Draft[]::new)).target(Draft.leaf(elsewhere))))
                .isNotEmpty();
    }

    @Test
    void answersForThousandsOfNamesAndThousandsOfConstraints() {
        ASN1Encodable[] names = each(2500, i -> Ext.dns("n%d.a.example".formatted(i)));
        ASN1Encodable[] constraints = each(2500, i -> Ext.dns("c%d.example".formatted(i)));

        assertThat(judged(Chain.standard()
                        .root(c -> c.with(Ext.excluded(constraints)))
                        .leaf(c -> c.with(Ext.names(names)))))
                .isIn(TOO_MUCH);
    }

    @Test
    void answersForHundredsOfDirectoryNamesAndConstraints() {
        ASN1Encodable[] names = each(900, i -> Ext.directory("O=Lab,CN=n" + i));
        ASN1Encodable[] constraints = each(900, i -> Ext.directory("O=Lab,OU=c" + i));

        assertThat(judged(Chain.standard()
                        .issuing(c -> c.with(Ext.excluded(constraints)))
                        .leaf(c -> c.with(Ext.names(names)))))
                .isIn(TOO_MUCH);
    }

    @Test
    void judgesHundredNamesUnderHundredConstraints() {
        ASN1Encodable[] names = each(100, i -> Ext.dns("n%d.c%d.example".formatted(i, i)));
        ASN1Encodable[] constraints = each(100, i -> Ext.dns("c%d.example".formatted(i)));

        assertThat(judged(Chain.standard()
                        .root(c -> c.with(Ext.permitted(constraints)))
                        .leaf(c -> c.with(Ext.names(names)))))
                .isEmpty();
        assertThat(judged(Chain.standard()
                        .root(c -> c.with(Ext.excluded(constraints)))
                        .leaf(c -> c.with(Ext.names(names)))))
                .contains(NAME_CONSTRAINT);
    }

    @Test
    void refusesCertificateOfAMegabyte() {
        ASN1Encodable[] names = each(10_000, i -> Ext.dns("%090d.example".formatted(i)));

        assertThat(judged(Chain.standard().leaf(c -> c.with(Ext.names(names))))).contains(PathFailure.MALFORMED);
    }

    /// RFC 9618: every authority maps every policy to every other; a tree of these would have 30 to the power of 9
    /// leaves.
    @Test
    void answersForPoliciesThatMultiply() {
        int policies = 30;
        List<String> mappings = new ArrayList<>();
        for (int i = 0; i < policies; i++) {
            for (int j = 0; j < policies; j++) {
                mappings.add("2.25." + (100 + i));
                mappings.add("2.25." + (100 + j));
            }
        }
        String[] all =
                IntStream.range(100, 100 + policies).mapToObj(i -> "2.25." + i).toArray(String[]::new);
        Chain chain = Chain.withAuthorities(10)
                .leaf(c -> c.with(Ext.policies(all)))
                .asking(request ->
                        request.policies(new PolicyDemand(PolicyDemand.NONE.initialPolicies(), true, false, false)));
        for (int i = 1; i < 10; i++) {
            chain.authority(i, c -> c.with(Ext.policies(all)).with(Ext.mappings(mappings.toArray(String[]::new))));
        }

        assertThat(judged(chain)).isIn(Optional.empty(), Optional.of(PathFailure.TOO_COMPLEX));
    }

    @Test
    void refusesHugeRsaKeysBeforeUsingThem() {
        assertThat(judged(Chain.standard().issuing(c -> c.publicKey(rsa(400_000, BigInteger.valueOf(65537))))))
                .isNotEmpty();
        assertThat(judged(Chain.standard()
                        .issuing(c -> c.publicKey(
                                rsa(8192, BigInteger.ONE.shiftLeft(8190).setBit(0))))))
                .isNotEmpty();
        assertThat(judged(Chain.standard()
                        .trusting(Draft.root("Root")
                                .publicKey(
                                        rsa(8192, BigInteger.ONE.shiftLeft(8190).setBit(0))))))
                .isNotEmpty();
    }

    @Test
    void answersForNamesOfThousandsOfParts() {
        String parts = String.join(
                ",", IntStream.range(0, 500).mapToObj(i -> "OU=part" + i).toList());
        X500Name name = new X500Name(parts);
        Chain chain = Chain.standard().issuing(c -> c.named(name));
        List<Draft> namesakes = many(
                50, i -> Draft.authority("namesake", chain.root()).named(name).key(TestKeys.ec("namesake " + i % 20)));

        assertThat(judged(chain.also(namesakes.toArray(Draft[]::new))))
                .isIn(Optional.empty(), Optional.of(PathFailure.MALFORMED), Optional.of(PathFailure.TOO_COMPLEX));
    }

    /// Certificates that may lie between are read before anything is known of them.
    @Test
    void answersAmongStrangersThatAreLargeToRead() {
        ASN1Encodable[] constraints = each(900, i -> Ext.dns("constrained%d.example".formatted(i)));
        Draft elsewhere = Draft.root("Elsewhere");
        List<Draft> large = many(
                150,
                i -> Draft.authority("Stranger " + i, elsewhere)
                        .key(elsewhere.key())
                        .with(Ext.nameConstraints(List.of(constraints), List.of(constraints))));

        assertThat(judged(Chain.standard().also(large.toArray(Draft[]::new)))).contains(PathFailure.TOO_COMPLEX);
        assertThat(judged(Chain.standard().also(large.subList(0, 50).toArray(Draft[]::new))))
                .isEmpty();
    }

    @Test
    void answersAmongThousandOfOneNameAndLongCurves() {
        Chain chain = Chain.standard().leaf(c -> c.with(Ext.authorityKeyIdentifier(TestKeys.ec("nobody"))));
        List<Draft> namesakes = many(
                999,
                i -> Draft.authority("Authority 1", chain.root())
                        .key(TestKeys.of(KeyAlgorithm.EC_P384, "namesake " + i)));

        assertThat(judged(chain.alone().also(namesakes.toArray(Draft[]::new)))).isNotEmpty();
    }

    /// Whoever sends a response sends the certificates of its delegates along, with keys as he likes.
    @Test
    void answersForDelegatesWithKeysThatAreSlowToUse() throws MalformedCertificateException {
        Chain chain = Chain.standard();
        X509Certificate root = Certificates.parse(chain.root().der());
        X509Certificate issuing = Certificates.parse(chain.issuing().der());
        Draft target = Draft.leaf(chain.issuing());
        X509Certificate leaf = Certificates.parse(target.der());
        OcspCertId id = OcspCertId.of(OcspCertId.Hash.SHA_256, issuing, SerialNumber.of(leaf));
        List<OcspResponse> responses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Draft delegate = Draft.leaf(Draft.root("Elsewhere"))
                    .with(Ext.purposes(Ext.OCSP_SIGNING))
                    .publicKey(rsa(
                            BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE),
                            BigInteger.ONE.shiftLeft(2046).setBit(0)));
            X509Certificate certificate = Certificates.parse(delegate.der());
            OcspForge response =
                    OcspForge.of(certificate, TestKeys.rsa("delegate")).byName().good(id);
            for (int j = 0; j < 10; j++) {
                response.sending(certificate);
            }
            responses.add(response.response());
        }
        CrlSet lists = CrlSet.of(List.of(
                CrlForge.of(root, chain.root().key()).crl(),
                CrlForge.of(issuing, chain.issuing().key()).crl()));

        assertThat(judged(chain.target(target)
                        .asking(request ->
                                request.revocation(new Revocation.Required(lists, responses, Duration.ZERO)))))
                .isEmpty();
    }

    /// By the processor's clock, which a busy machine does not hasten; what the compiler takes at the first time is
    /// not the validator's.
    private static Optional<PathFailure> judged(Chain chain) {
        chain.make();
        Optional<PathFailure> answer = Optional.empty();
        Duration taken = BOUND;
        for (int attempt = 0; attempt < 3 && taken.compareTo(BOUND) >= 0; attempt++) {
            Duration begin = processorTime();
            answer = chain.judge();
            taken = processorTime().minus(begin);
        }
        assertThat(taken).as("%s", answer).isLessThan(BOUND);
        return answer;
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static List<Draft> many(int count, IntFunction<Draft> each) {
        return IntStream.range(0, count).mapToObj(each).toList();
    }

    private static ASN1Encodable[] each(int count, IntFunction<ASN1Encodable> one) {
        return IntStream.range(0, count).mapToObj(one).toArray(ASN1Encodable[]::new);
    }

    private static ASN1Encodable rsa(int bits, BigInteger exponent) {
        return rsa(BigInteger.ONE.shiftLeft(bits - 1).setBit(0), exponent);
    }

    private static ASN1Encodable rsa(BigInteger modulus, BigInteger exponent) {
        ASN1Encodable key = Ext.sequence(new ASN1Integer(modulus), new ASN1Integer(exponent));
        AlgorithmIdentifier algorithm =
                new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.113549.1.1.1"), DERNull.INSTANCE);
        return Ext.sequence(algorithm, new DERBitString(Der.encode(key)));
    }
}
