package org.chancery.ca.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.chancery.ca.ledger.KeyHolder;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.IpLiteral;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.request.CertificateRequestBuilder;
import org.chancery.pki.request.CertificateRequestException;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateProfileTest {
    private static final TestPki PKI = TestPki.create();
    private static final GeneralName ALICE = new GeneralName.Rfc822("alice@lab.example");
    private static final GeneralName BOB = new GeneralName.Rfc822("bob@lab.example");
    private static final GeneralName RELAY = new GeneralName.Dns("chat.lab.example");
    private static final SerialNumber SERIAL = new SerialNumber(BigInteger.ONE.shiftLeft(158));

    // What a person's certificate says

    @Test
    void aPersonsSubjectIsTheAddressAndTheDisplayName() throws Exception {
        TbsCertificate certificate =
                granted(client(request(DistinguishedName.of("Whoever", Optional.of("Alice")), ALICE)));

        assertThat(certificate.subject()).isEqualTo(DistinguishedName.of("alice@lab.example", Optional.of("Alice")));
        assertThat(names(certificate)).containsExactly(ALICE);
    }

    @Test
    void aPersonsCertificateIsForClientAuthAndEmailProtectionAlone() {
        assertThat(granted(client(request(ALICE))).extensions())
                .contains(Extensions.extendedKeyUsage(
                        List.of(ExtendedKeyUsage.CLIENT_AUTH, ExtendedKeyUsage.EMAIL_PROTECTION)))
                .contains(Extensions.basicConstraintsOfEndEntity());
    }

    @Test
    void anRsaKeySignsAndReceives() {
        CertificateRequest request = request(TestKeys.of(KeyAlgorithm.RSA_3072, "ca alice"), ALICE);

        assertThat(granted(client(request)).extensions())
                .contains(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)));
    }

    @Test
    void anEcKeyOnlySignsAndThePersonIsTold() {
        Grant.Granted grant = grantedBy(client(request(ALICE)));

        assertThat(grant.certificate().extensions()).contains(Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)));
        assertThat(grant.notes()).containsExactly("an EC key signs, but nothing can be sealed to it");
    }

    @Test
    void aNameGivenWinsOverTheOneRequested() throws Exception {
        CertificateRequest request = request(DistinguishedName.of("x", Optional.of("Mallory")), ALICE);

        assertThat(granted(client(request, wishes(null, "Alice", null)))
                        .subject()
                        .displayName())
                .contains("Alice");
    }

    @Test
    void theAddressMayBeGivenWhereNoneIsRequested() {
        assertThat(names(granted(client(request(), wishes("alice@lab.example", null, null)))))
                .containsExactly(ALICE);
    }

    @Test
    void theAddressGivenChoosesAmongThoseRequested() {
        Grant.Granted grant = grantedBy(client(request(ALICE, BOB), wishes("bob@lab.example", null, null)));

        assertThat(grant.address()).contains(new Address("bob@lab.example"));
        assertThat(grant.items())
                .contains(Item.dropped("name", ALICE.toString(), "a person's certificate carries one address"));
    }

    @Test
    @Defends(Threat.REQUEST_WRITES_CERTIFICATE)
    void nothingElseIsTakenFromTheRequest() throws Exception {
        CertificateRequest request =
                CertificateRequest.parse(CertificateRequestBuilder.of(DistinguishedName.of("Alice"))
                        .name(ALICE)
                        .name(RELAY)
                        .extension(Extensions.extendedKeyUsage(List.of(ExtendedKeyUsage.SERVER_AUTH)))
                        .extension(new Extension("1.2.3.4", true, new byte[] {5, 0}))
                        .build(key()));
        Grant.Granted grant = grantedBy(client(request));

        assertThat(grant.certificate()).isEqualTo(granted(client(request(ALICE))));
        assertThat(grant.items())
                .filteredOn(item -> item.outcome() == Item.Outcome.DROPPED)
                .extracting(Item::value)
                .containsExactlyInAnyOrder(
                        RELAY.toString(), "CN=Alice", "extendedKeyUsage serverAuth", "1.2.3.4 critical");
    }

    // What a relay's certificate says

    @Test
    void aRelaysSubjectIsItsFirstHostName() throws Exception {
        TbsCertificate certificate = granted(server(request(ip("127.0.0.1"), RELAY)));

        assertThat(certificate.subject()).isEqualTo(DistinguishedName.of("chat.lab.example"));
        assertThat(names(certificate)).containsExactly(ip("127.0.0.1"), RELAY);
        assertThat(certificate.extensions())
                .contains(Extensions.extendedKeyUsage(List.of(ExtendedKeyUsage.SERVER_AUTH)));
    }

    @Test
    void aRelayWithoutHostNameHasNoSubjectAndItsNamesAreCritical() {
        TbsCertificate certificate = granted(server(request(ip("127.0.0.1"))));

        assertThat(certificate.subject().isEmpty()).isTrue();
        assertThat(certificate
                        .extension(Extensions.SUBJECT_ALTERNATIVE_NAME)
                        .orElseThrow()
                        .critical())
                .isTrue();
    }

    @Test
    void hostsGivenReplaceHostsRequested() {
        Wishes wishes = hosts(List.of("relay.lab.example"), List.of("10.1.2.3"));

        assertThat(names(granted(server(request(RELAY), wishes))))
                .containsExactly(new GeneralName.Dns("relay.lab.example"), ip("10.1.2.3"));
    }

    @Test
    void hostNamesAreFoldedToLowerCase() {
        Grant.Granted grant = grantedBy(server(request(new GeneralName.Dns("Chat.LAB.example"))));

        assertThat(names(grant.certificate())).containsExactly(RELAY);
        assertThat(grant.items())
                .filteredOn(item -> item.what().equals("name"))
                .extracting(Item::outcome)
                .containsExactly(Item.Outcome.GRANTED);
    }

    // From when until when, and where more is found

    @Test
    void isValidFrom5MinutesAgoFor397Days() {
        TbsCertificate certificate = granted(client(request(ALICE)));

        assertThat(certificate.validity().notBefore()).isEqualTo(TestPki.NOW.minus(Duration.ofMinutes(5)));
        assertThat(certificate.validity().notAfter()).isEqualTo(TestPki.NOW.plus(Duration.ofDays(397)));
    }

    @Test
    void neverOutlivesTheIssuerAndSaysSo() {
        Grant.Granted grant = grantedBy(server(request(RELAY), wishes(null, null, 3000)));
        Instant issuerEnds = PKI.issuing().certificate().getNotAfter().toInstant();

        assertThat(grant.certificate().validity().notAfter()).isEqualTo(issuerEnds);
        assertThat(grant.notes()).singleElement().asString().contains("the issuing CA itself ends at " + issuerEnds);
    }

    @Test
    void carriesCdpAndAiaOnlyWhereTheAuthorityHasAnAddress() {
        assertThat(granted(client(request(ALICE))).extension(Extensions.CRL_DISTRIBUTION_POINTS))
                .isEmpty();
        assertThat(granted(TestProfiles.client()
                                .decide(
                                        request(ALICE),
                                        Wishes.NONE,
                                        circumstances(
                                                Optional.of(URI.create("http://pki.lab.example/")), Optional.empty())))
                        .extensions())
                .contains(Extensions.crlDistributionPoints("http://pki.lab.example/crl/issuing.crl"))
                .contains(Extensions.authorityInformationAccess("http://pki.lab.example/ca/issuing.cer"));
    }

    // What is refused, and why

    @Test
    @Defends(Threat.REQUEST_WRITES_CERTIFICATE)
    void refusesARequestForACa() throws Exception {
        CertificateRequest request = CertificateRequest.parse(CertificateRequestBuilder.of(DistinguishedName.EMPTY)
                .name(ALICE)
                .extension(Extensions.basicConstraintsOfAuthority(0))
                .build(key()));

        assertRefused(client(request), RefusalReason.REQUESTS_AUTHORITY);
    }

    @Test
    @Defends(Threat.REQUEST_WRITES_CERTIFICATE)
    void refusesARequestForKeyCertSign() throws Exception {
        CertificateRequest request = CertificateRequest.parse(CertificateRequestBuilder.of(DistinguishedName.EMPTY)
                .name(ALICE)
                .extension(Extensions.keyUsage(Set.of(KeyUsage.KEY_CERT_SIGN)))
                .build(key()));

        assertRefused(client(request), RefusalReason.REQUESTS_AUTHORITY);
    }

    @Test
    void refusesAnRsaKeyOf2048Bits() {
        assertRefused(client(request(TestKeys.rsa("ca weak"), ALICE)), RefusalReason.WEAK_KEY);
        assertRefused(server(request(TestKeys.rsa("ca weak"), RELAY)), RefusalReason.WEAK_KEY);
    }

    @Test
    void refusesAKeyOfAnotherAddress() {
        KeyHolder bob = new KeyHolder("client", Optional.of(new Address("bob@lab.example")), false);

        assertRefused(client(request(ALICE), bob), RefusalReason.KEY_TAKEN);
    }

    @Test
    @Defends(Threat.CERTIFICATE_FOR_ANOTHER_USE)
    void refusesAKeyOfAnotherProfile() {
        assertRefused(
                client(request(ALICE), new KeyHolder("server", Optional.empty(), false)), RefusalReason.KEY_TAKEN);
    }

    @Test
    void admitsAKeyOfTheSameAddress() {
        KeyHolder alice = new KeyHolder("client", Optional.of(new Address("alice@lab.example")), false);

        assertThat(client(request(ALICE), alice)).isInstanceOf(Grant.Granted.class);
    }

    @Test
    void refusesACompromisedKeyEvenForTheSameAddress() {
        KeyHolder alice = new KeyHolder("client", Optional.of(new Address("alice@lab.example")), true);

        assertRefused(client(request(ALICE), alice), RefusalReason.KEY_COMPROMISED);
    }

    @Test
    void refusesAPersonWithoutAddress() {
        assertRefused(client(request(RELAY)), RefusalReason.NO_ADDRESS);
    }

    @Test
    void refusesSeveralAddresses() {
        assertRefused(client(request(ALICE, BOB)), RefusalReason.SEVERAL_ADDRESSES);
    }

    @Test
    void refusesAnAddressThatIsNotTheOneRequested() {
        assertRefused(client(request(ALICE), wishes("bob@lab.example", null, null)), RefusalReason.ADDRESS_DISAGREES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Alice@lab.example", "alice@LAB.example", "alice", "al ice@lab.example", "alice@lab.example."})
    void refusesAnAddressThatIsNotCanonical(String address) {
        assertRefused(client(request(), wishes(address, null, null)), RefusalReason.MALFORMED_ADDRESS);
    }

    @Test
    void refusesAnAddressTooLongForACommonName() {
        String address = "a".repeat(60) + "@lab.example";

        assertRefused(client(request(), wishes(address, null, null)), RefusalReason.MALFORMED_ADDRESS);
    }

    @ParameterizedTest
    @Defends(Threat.REQUEST_WRITES_CERTIFICATE)
    @ValueSource(strings = {"alice@other.example", "alice@sub.lab.example", "alice@notlab.example"})
    void refusesAnAddressOutsideTheDomains(String address) {
        assertRefused(client(request(), wishes(address, null, null)), RefusalReason.NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@lab.example",
                "bob\uff20lab.example",
                "bob\ufe6blab.example",
                "Zo\ufffd\ufffd",
                "Ali\u202ece",
                "",
                " Alice",
                "Alice\n",
                "\u0007"
            })
    void refusesADisplayNameThatCouldPassForSomethingElse(String name) {
        assertRefused(client(request(ALICE), wishes(null, name, null)), RefusalReason.DISPLAY_NAME);
    }

    @Test
    void refusesARelayWithoutHost() {
        assertRefused(server(request(ALICE)), RefusalReason.NO_HOST);
    }

    @ParameterizedTest
    @CsvSource({
        "*.lab.example, MALFORMED_HOST",
        "chat_1.lab.example, MALFORMED_HOST",
        "chat.lab.example., MALFORMED_HOST",
        "10.1.2.3, MALFORMED_HOST",
        "localhost, LOCALHOST",
        "chat.localhost, LOCALHOST",
        "chat.other.example, NOT_PERMITTED",
        "notlab.example, NOT_PERMITTED"
    })
    void refusesAHostThatIsNoneOrNotOurs(String host, RefusalReason reason) {
        assertRefused(server(request(), hosts(List.of(host), List.of())), reason);
        assertRefused(server(request(new GeneralName.Dns(host))), reason);
    }

    @ParameterizedTest
    @CsvSource({
        "127.1, MALFORMED_HOST",
        "fe80::1%eth0, MALFORMED_HOST",
        "8.8.8.8, NOT_PERMITTED",
        "2001:db8::1, NOT_PERMITTED"
    })
    void refusesAnAddressThatIsNoneOrNotOurs(String ip, RefusalReason reason) {
        assertRefused(server(request(), hosts(List.of(), List.of(ip))), reason);
    }

    @Test
    void refusesMoreNamesThanACertificateShouldCarry() {
        GeneralName[] many = IntStream.range(0, 33)
                .mapToObj(i -> new GeneralName.Dns("chat" + i + ".lab.example"))
                .toArray(GeneralName[]::new);

        assertRefused(server(request(many)), RefusalReason.TOO_MANY_NAMES);
    }

    @Test
    void refusesNamesOfTheOtherKind() {
        assertRefused(client(request(ALICE), hosts(List.of("chat.lab.example"), List.of())), RefusalReason.NAME_TYPE);
        assertRefused(server(request(RELAY), wishes("alice@lab.example", null, null)), RefusalReason.NAME_TYPE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3651})
    void refusesAValidityNobodyMeans(int days) {
        assertRefused(client(request(ALICE), wishes(null, null, days)), RefusalReason.VALIDITY);
    }

    @Test
    void refusesToSignOnceTheIssuerHasEnded() {
        Instant after = PKI.issuing().certificate().getNotAfter().toInstant().plusSeconds(1);
        Circumstances circumstances = new Circumstances(
                PKI.issuing().certificate(), namespace(), Optional.empty(), Optional.empty(), SERIAL, after);

        assertRefused(TestProfiles.client().decide(request(ALICE), Wishes.NONE, circumstances), RefusalReason.VALIDITY);
    }

    private static void assertRefused(Grant grant, RefusalReason reason) {
        assertThat(grant)
                .isInstanceOfSatisfying(
                        Grant.Refused.class,
                        refused -> assertThat(refused.reason())
                                .as(refused.detail())
                                .isEqualTo(reason));
    }

    private static TbsCertificate granted(Grant grant) {
        return grantedBy(grant).certificate();
    }

    private static Grant.Granted grantedBy(Grant grant) {
        assertThat(grant).isInstanceOf(Grant.Granted.class);
        return (Grant.Granted) grant;
    }

    private static Grant client(CertificateRequest request) {
        return client(request, Wishes.NONE);
    }

    private static Grant client(CertificateRequest request, Wishes wishes) {
        return TestProfiles.client().decide(request, wishes, circumstances(Optional.empty(), Optional.empty()));
    }

    private static Grant client(CertificateRequest request, KeyHolder holder) {
        return TestProfiles.client().decide(request, Wishes.NONE, circumstances(Optional.empty(), Optional.of(holder)));
    }

    private static Grant server(CertificateRequest request) {
        return server(request, Wishes.NONE);
    }

    private static Grant server(CertificateRequest request, Wishes wishes) {
        return TestProfiles.server().decide(request, wishes, circumstances(Optional.empty(), Optional.empty()));
    }

    private static Circumstances circumstances(Optional<URI> url, Optional<KeyHolder> holder) {
        return new Circumstances(
                PKI.issuing().certificate(),
                namespace(),
                url.map(base -> Publication.of(base, "root", "issuing")),
                holder,
                SERIAL,
                TestPki.NOW);
    }

    private static Namespace namespace() {
        try {
            return Namespace.parse(List.of("lab.example"), Namespace.DEFAULT_RANGES);
        } catch (NamespaceException e) {
            throw new AssertionError(e);
        }
    }

    private static Wishes wishes(@Nullable String address, @Nullable String name, @Nullable Integer days) {
        return new Wishes(
                Optional.ofNullable(address),
                Optional.ofNullable(name),
                List.of(),
                List.of(),
                days == null ? OptionalInt.empty() : OptionalInt.of(days));
    }

    private static Wishes hosts(List<String> hosts, List<String> ips) {
        return new Wishes(Optional.empty(), Optional.empty(), hosts, ips, OptionalInt.empty());
    }

    private static CertificateRequest request(GeneralName... names) {
        return request(DistinguishedName.EMPTY, names);
    }

    private static CertificateRequest request(DistinguishedName subject, GeneralName... names) {
        return request(subject, key(), names);
    }

    private static CertificateRequest request(SigningKey key, GeneralName... names) {
        return request(DistinguishedName.EMPTY, key, names);
    }

    private static CertificateRequest request(DistinguishedName subject, SigningKey key, GeneralName... names) {
        CertificateRequestBuilder builder = CertificateRequestBuilder.of(subject);
        Arrays.stream(names).forEach(builder::name);
        try {
            return CertificateRequest.parse(builder.build(key));
        } catch (CertificateRequestException e) {
            throw new AssertionError(e);
        }
    }

    private static SigningKey key() {
        return TestKeys.ec("ca requester");
    }

    private static List<GeneralName> names(TbsCertificate certificate) {
        try {
            return GeneralNames.parse(certificate
                    .extension(Extensions.SUBJECT_ALTERNATIVE_NAME)
                    .orElseThrow()
                    .der());
        } catch (MalformedNameException e) {
            throw new AssertionError(e);
        }
    }

    private static GeneralName ip(String literal) {
        try {
            return new GeneralName.Ip(IpLiteral.parse(literal));
        } catch (MalformedNameException e) {
            throw new AssertionError(e);
        }
    }
}
