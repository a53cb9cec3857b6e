package org.chancery.pki.testing;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;

/// A root, a constrained issuing CA and the people and relays of a test, all in memory, at a pinned time.
///
/// Certificates are as the authority itself would issue them, but for RSA keys of 2048 bits, which are quick to
/// make. Each fault has a method named for it, and its certificate has no other fault. Not thread safe.
public final class TestPki {
    /// The time of every test that does not set its own.
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /// The domain that the issuing CA is held to.
    public static final String DOMAIN = "lab.example";

    private static final Duration LEAF_LIFETIME = Duration.ofDays(397);
    private static final Duration CRL_LIFETIME = Duration.ofDays(7);

    /// Where keys come from.
    public interface Keys {
        /// The key of a kind and name: the same one whenever asked.
        SigningKey of(KeyAlgorithm algorithm, String name);
    }

    private final Keys keys;
    private final SecureRandom random; // serial numbers
    private volatile Instant now;
    private final TestAuthority root;
    private final TestAuthority issuing;
    private final List<RevokedCertificate> revoked = new ArrayList<>();
    private final Map<String, Integer> devices = new HashMap<>();
    private int crlNumber = 1;

    private TestPki(Instant instant, KeyAlgorithm issuers, String organisation, Keys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
        now = instant.truncatedTo(ChronoUnit.SECONDS);
        root = TestAuthority.root(
                keys.of(issuers, organisation + " root"),
                TestLeaf.subject(organisation + " Root CA", Optional.empty()),
                new Validity(now.minus(Duration.ofDays(365)), now.plus(Duration.ofDays(7300))),
                random);
        issuing = root.issuing(
                keys.of(issuers, organisation + " issuing"),
                TestLeaf.subject(organisation + " Issuing CA", Optional.empty()),
                new Validity(now.minus(Duration.ofDays(180)), now.plus(Duration.ofDays(1825))),
                random);
    }

    /// At [#NOW], with P-256 authorities.
    public static TestPki create() {
        return at(NOW);
    }

    /// At a time of the test's own, with P-256 authorities.
    public static TestPki at(Instant now) {
        return new TestPki(now, KeyAlgorithm.EC_P256, "Lab", TestKeys::of, new SecureRandom());
    }

    /// At [#NOW], with RSA authorities.
    public static TestPki allRsa() {
        return allRsa(TestKeys::of, new SecureRandom());
    }

    /// At [#NOW], with RSA authorities, whose certificates are the same ones for the same keys and numbers.
    public static TestPki allRsa(Keys keys, SecureRandom random) {
        return new TestPki(NOW, KeyAlgorithm.RSA_2048, "Lab", keys, random);
    }

    /// Another house at the same time, which nobody here trusts.
    public TestPki otherAuthority() {
        return new TestPki(now, KeyAlgorithm.EC_P256, "Other", keys, random);
    }

    /// The pinned time.
    public Instant now() {
        return now;
    }

    /// A clock that stands still at it, until it is moved.
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /// Moves the clock, also those handed out before.
    public void advance(Duration by) {
        now = now.plus(by);
    }

    public TestAuthority root() {
        return root;
    }

    public TestAuthority issuing() {
        return issuing;
    }

    /// The root alone.
    public TrustAnchors trustAnchors() {
        return TrustAnchors.of(root.certificate());
    }

    /// A person's device. Asked twice for one address it makes two devices, with a key each.
    public Identity client(String address) {
        return client(address, deviceKey(address));
    }

    /// A person's device with a key of the test's own: the same key again is a renewal, an EC key cannot be sealed
    /// to.
    public Identity client(String address, SigningKey key) {
        return issue(TestLeaf.client(key, address, Optional.empty(), leafValidity()));
    }

    /// A person's device, with a name for people to read.
    public Identity client(String address, String displayName) {
        return issue(TestLeaf.client(deviceKey(address), address, Optional.of(displayName), leafValidity()));
    }

    /// A relay with a P-256 key; hosts are names or IP literals.
    public Identity server(String... hosts) {
        return issue(
                TestLeaf.server(keys.of(KeyAlgorithm.EC_P256, "server " + hosts[0]), List.of(hosts), leafValidity()));
    }

    /// Another issuing CA below the root, as while one is being replaced.
    public TestAuthority secondIssuing() {
        return root.issuing(
                keys.of(KeyAlgorithm.EC_P256, "second issuing"),
                TestLeaf.subject("Second Issuing CA", Optional.empty()),
                new Validity(now.minus(Duration.ofDays(10)), now.plus(Duration.ofDays(1825))),
                random);
    }

    /// A person's device with a certificate of another CA below the root.
    public Identity clientOf(TestAuthority issuer, String address) {
        TestLeaf leaf = leaf(address);
        return new Identity(leaf.key(), CertificateChain.of(issuer.sign(leaf, random), issuer.certificate()));
    }

    /// A relay's that ended yesterday.
    public Identity expiredServer(String host) {
        return issue(TestLeaf.server(
                keys.of(KeyAlgorithm.EC_P256, "server " + host),
                List.of(host),
                new Validity(now.minus(Duration.ofDays(100)), now.minus(Duration.ofDays(1)))));
    }

    /// Ended yesterday.
    public Identity expired(String address) {
        return issue(clientValid(address, Duration.ofDays(-100), Duration.ofDays(-1)));
    }

    /// Begins tomorrow.
    public Identity notYetValid(String address) {
        return issue(clientValid(address, Duration.ofDays(1), LEAF_LIFETIME));
    }

    /// A client's in everything but its extended key usage, which is a server's.
    public Identity wrongPurpose(String address) {
        return issue(leaf(address).withPurposes(ExtendedKeyUsage.SERVER_AUTH));
    }

    /// A relay's in everything but its extended key usage, which is a person's.
    public Identity wrongPurposeServer(String host) {
        return issue(TestLeaf.server(keys.of(KeyAlgorithm.EC_P256, "server " + host), List.of(host), leafValidity())
                .withPurposes(ExtendedKeyUsage.CLIENT_AUTH));
    }

    /// Its own issuer.
    public Identity selfSigned(String address) {
        TestLeaf leaf = leaf(address);
        TestAuthority itself = new TestAuthority(leaf.key(), issuing.certificate());
        // Without the tag and length of the OCTET STRING.
        byte[] extension =
                Extensions.subjectKeyIdentifier(leaf.key().publicKey()).der();
        byte[] keyIdentifier = Arrays.copyOfRange(extension, 2, extension.length);
        return new Identity(
                leaf.key(), CertificateChain.of(itself.sign(leaf.issuedBy(leaf.subject(), keyIdentifier, random))));
    }

    /// From [#otherAuthority], with that authority's chain.
    public Identity issuedBySomeoneElse(String address) {
        return otherAuthority().client(address);
    }

    /// Names our issuing CA as its issuer and is signed by another key.
    public Identity forged(String address) {
        return issue(leaf(address), new TestAuthority(keys.of(KeyAlgorithm.EC_P256, "forger"), issuing.certificate()));
    }

    /// A client without a subjectAlternativeName.
    public Identity noSan(String address) {
        return issue(leaf(address).withNames());
    }

    /// A client with two rfc822Names.
    public Identity twoAddresses(String address, String other) {
        return issue(leaf(address).withNames(new GeneralName.Rfc822(address), new GeneralName.Rfc822(other)));
    }

    /// Revokes for keyCompromise as of now.
    public CrlSet revoke(X509Certificate certificate) {
        return revoke(certificate, RevocationReason.KEY_COMPROMISE, Optional.empty());
    }

    /// Revokes as of now; returns what [#crls] returns from here on.
    public CrlSet revoke(X509Certificate certificate, RevocationReason reason, Optional<Instant> invalidityDate) {
        revoked.add(new RevokedCertificate(SerialNumber.of(certificate), now, reason, invalidityDate));
        crlNumber++;
        return crls();
    }

    /// The root's and the issuing CA's CRLs, made a minute ago and good for a week.
    public CrlSet crls() {
        return crls(now.minus(Duration.ofMinutes(1)));
    }

    /// The next ones.
    public CrlSet crlsAnew() {
        crlNumber++;
        return crls();
    }

    /// The same, out of date since yesterday.
    public CrlSet staleCrls() {
        return crls(now.minus(CRL_LIFETIME).minus(Duration.ofDays(1)));
    }

    private CrlSet crls(Instant thisUpdate) {
        return CrlSet.of(List.of(
                root.crl(crlNumber, thisUpdate, CRL_LIFETIME, List.of()),
                issuing.crl(crlNumber, thisUpdate, CRL_LIFETIME, revoked)));
    }

    private Identity issue(TestLeaf leaf) {
        return issue(leaf, issuing);
    }

    private Identity issue(TestLeaf leaf, TestAuthority issuer) {
        return new Identity(leaf.key(), CertificateChain.of(issuer.sign(leaf, random), issuing.certificate()));
    }

    private TestLeaf leaf(String address) {
        return TestLeaf.client(deviceKey(address), address, Optional.empty(), leafValidity());
    }

    private TestLeaf clientValid(String address, Duration from, Duration to) {
        return TestLeaf.client(
                deviceKey(address), address, Optional.empty(), new Validity(now.plus(from), now.plus(to)));
    }

    /// Back-dated five minutes, as the authority does it.
    private Validity leafValidity() {
        return new Validity(now.minus(Duration.ofMinutes(5)), now.plus(LEAF_LIFETIME));
    }

    private SigningKey deviceKey(String address) {
        return keys.of(KeyAlgorithm.RSA_2048, address + " " + devices.merge(address, 1, Integer::sum));
    }
}
