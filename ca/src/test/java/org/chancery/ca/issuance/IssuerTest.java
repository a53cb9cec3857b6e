package org.chancery.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chancery.ca.ledger.KeyTakenException;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.RecordedAct;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.RefusalReason;
import org.chancery.ca.profile.TestProfiles;
import org.chancery.ca.profile.Wishes;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.request.CertificateRequestBuilder;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.RsaOf;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerTest {
    @TempDir
    Path directory;

    private Authority authority;
    private Issuer issuer;

    @BeforeEach
    void open() throws Exception {
        authority = Authority.open(
                TestAuthorityHome.copyTo(directory.resolve("ca")), TestAuthorityHome.CLOCK, new SecureRandom());
        try (Passphrase passphrase = TestAuthorityHome.passphrase()) {
            issuer = authority.issuer(passphrase);
        }
    }

    @AfterEach
    void close() throws LedgerException {
        authority.close();
    }

    @Test
    void whatItIssuesIsInTheLedgerAndValidates() throws Exception {
        CertificateChain chain = issuer.issue(issuer.prepare(granted("alice")));

        SerialNumber serial = SerialNumber.of(chain.leaf());
        assertThat(authority.ledger().find(serial)).get().isInstanceOf(LedgerEntry.Issued.class);
        assertThat(authority.ledger().certificateDer(serial)).contains(Certificates.der(chain.leaf()));
        new PathValidator(TrustAnchors.of(authority.root()))
                .validate(ValidationRequest.of(chain.leaf())
                        .untrusted(chain.issuers())
                        .purpose(Purpose.CLIENT)
                        .at(TestAuthorityHome.NOW)
                        .revocation(new Revocation.NotChecked()));
    }

    @Test
    @Defends(Threat.KILLED_ON_THE_WAY)
    void theIntentIsOnDiskBeforeThereIsASignature() throws Exception {
        Grant.Granted granted = granted("alice");
        issuer.prepare(granted);

        try (Authority other = Authority.open(authority.home(), TestAuthorityHome.CLOCK, new SecureRandom())) {
            assertThat(other.ledger().find(granted.certificate().serialNumber()))
                    .get()
                    .isInstanceOf(LedgerEntry.Intended.class);
        }
    }

    @Test
    @Defends(Threat.FAULT_TAKEN_FOR_CONSENT)
    void anIntentOutlivesASignatureThatFails() throws Exception {
        Grant.Granted granted = granted("alice");
        Issuer broken = withKey(brokenKey());
        PreparedCertificate prepared = broken.prepare(granted);

        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> broken.issue(prepared));
        assertThat(authority.ledger().find(granted.certificate().serialNumber()))
                .get()
                .isInstanceOf(LedgerEntry.Intended.class);
        assertThat(authority.ledger().certificateDer(granted.certificate().serialNumber()))
                .isEmpty();
    }

    @Test
    @Defends(Threat.FAULT_TAKEN_FOR_CONSENT)
    void aSignatureThatDoesNotVerifyNeverLeaves() throws Exception {
        Grant.Granted granted = granted("alice");
        Issuer faulty = withKey(faultyKey());

        assertThatIllegalStateException().isThrownBy(() -> faulty.issue(faulty.prepare(granted)));
        assertThat(authority.ledger().certificateDer(granted.certificate().serialNumber()))
                .isEmpty();
    }

    @Test
    @Defends(Threat.ISSUED_BUT_NOT_RECORDED)
    void nothingLeavesThatCouldNotBeRecorded() throws Exception {
        PreparedCertificate prepared = issuer.prepare(granted("alice"));
        authority.ledger().close();

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> issuer.issue(prepared));
    }

    @Test
    void aPreparedCertificateIsSignedOnce() throws Exception {
        PreparedCertificate prepared = issuer.prepare(granted("alice"));
        issuer.issue(prepared);

        assertThatIllegalStateException().isThrownBy(() -> issuer.issue(prepared));
    }

    @Test
    void aPreparedCertificateIsSignedByTheIssuerThatPreparedIt() throws Exception {
        PreparedCertificate prepared = issuer.prepare(granted("alice"));

        assertThatIllegalStateException().isThrownBy(() -> withKey(faultyKey()).issue(prepared));
    }

    @Test
    void nobodyIssuesWithTheKeyOfAnother() {
        assertThatIllegalArgumentException().isThrownBy(() -> withKey(TestKeys.ec("ca another issuer")));
    }

    @Test
    void ofTwoDecisionsForOneKeyAndTwoAddressesOneIsPrepared() throws Exception {
        SigningKey key = TestKeys.ec("ca shared");
        Grant.Granted alice = granted("alice", key);
        Grant.Granted bob = granted("bob", key);
        issuer.prepare(alice);

        assertThatExceptionOfType(KeyTakenException.class).isThrownBy(() -> issuer.prepare(bob));
    }

    @Test
    void whatMayNotBeSignedIsRefusedAndRecorded() throws Exception {
        TbsCertificate sound = granted("alice").certificate();
        TbsCertificate.Builder counted = TbsCertificate.builder()
                .serialNumber(new SerialNumber(BigInteger.TWO))
                .issuer(sound.issuer())
                .validity(sound.validity())
                .subject(sound.subject())
                .publicKey(sound.publicKey());
        sound.extensions().forEach(counted::extension);
        Grant.Granted slip = new Grant.Granted(
                "client", Optional.empty(), "alice@lab.example", counted.build(), List.of(), List.of());

        assertThatExceptionOfType(UnfitCertificateException.class)
                .isThrownBy(() -> issuer.prepare(slip))
                .satisfies(e -> assertThat(e.rule()).isEqualTo("SerialIsUnpredictable"));
        assertThat(authority.ledger().find(new SerialNumber(BigInteger.TWO))).isEmpty();
        assertThat(refusals(sound)).singleElement().asString().startsWith("SerialIsUnpredictable: ");
    }

    /// A profile whose policy has a hole: no rule for the certificate by itself knows what its issuer is held to.
    @Test
    @Defends(Threat.NAME_CONSTRAINT_BYPASS)
    void whatWouldNotBeAcceptedIsNotIssued() throws Exception {
        TbsCertificate sound = granted("alice").certificate();
        TbsCertificate.Builder stray = TbsCertificate.builder()
                .serialNumber(sound.serialNumber())
                .issuer(sound.issuer())
                .validity(sound.validity())
                .subject(DistinguishedName.of("alice@elsewhere.example"))
                .publicKey(sound.publicKey())
                .extension(Extensions.subjectAlternativeName(
                        List.of(new GeneralName.Rfc822("alice@elsewhere.example")), false));
        sound.extensions().stream()
                .filter(extension -> !extension.oid().equals(Extensions.SUBJECT_ALTERNATIVE_NAME))
                .forEach(stray::extension);
        Grant.Granted hole = new Grant.Granted(
                "client", Optional.empty(), "alice@elsewhere.example", stray.build(), List.of(), List.of());

        assertThatExceptionOfType(UnfitCertificateException.class)
                .isThrownBy(() -> issuer.prepare(hole))
                .satisfies(e -> assertThat(e.rule()).isEqualTo("NAME_CONSTRAINT"));
        assertThat(authority.ledger().find(sound.serialNumber())).isEmpty();
        assertThat(refusals(sound)).singleElement().asString().startsWith("NAME_CONSTRAINT: ");
    }

    /// The reasons recorded for the device of a certificate.
    private List<String> refusals(TbsCertificate tbs) throws LedgerException {
        return authority.ledger().acts(100, Instant.EPOCH).stream()
                .filter(act -> act.kind().equals("refused"))
                .map(RecordedAct::facts)
                .filter(facts -> DeviceId.of(tbs.publicKey()).hex().equals(facts.get("device")))
                .map(facts -> facts.getOrDefault("reason", ""))
                .toList();
    }

    @Test
    void aKeyThatSharesAPrimeWithOneInTheLedgerIsRefused() throws Exception {
        BigInteger common = prime();
        issuer.prepare(granted("alice", RsaOf.primes(common, prime())));

        assertThat(decide("bob", RsaOf.primes(common, prime())))
                .isInstanceOfSatisfying(Grant.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(RefusalReason.SHARED_FACTOR);
                    assertThat(refused.detail()).contains("alice@lab.example");
                });
        assertThat(decide("carol", RsaOf.primes(prime(), prime()))).isInstanceOf(Grant.Granted.class);
    }

    private static BigInteger prime() {
        SecureRandom random = new SecureRandom();
        BigInteger start = new BigInteger(1536, random).setBit(1535).setBit(1534);
        BigInteger prime = start.nextProbablePrime();
        return prime.mod(BigInteger.valueOf(65537)).equals(BigInteger.ONE) ? prime() : prime;
    }

    /// Four threads on each of two connections, as two processes have them.
    @Test
    void signsAtOnceFromManySidesWithoutLosingOrRepeatingAny() throws Exception {
        try (Authority second = Authority.open(authority.home(), TestAuthorityHome.CLOCK, new SecureRandom());
                Passphrase passphrase = TestAuthorityHome.passphrase();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Issuer other = second.issuer(passphrase);
            List<Callable<SerialNumber>> signs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Issuer side = i % 2 == 0 ? issuer : other;
                Grant.Granted granted = granted("person" + i);
                signs.add(
                        () -> SerialNumber.of(side.issue(side.prepare(granted)).leaf()));
            }
            List<SerialNumber> serials = new ArrayList<>();
            for (Future<SerialNumber> sign : threads.invokeAll(signs)) {
                serials.add(sign.get());
            }
            assertThat(serials)
                    .doesNotHaveDuplicates()
                    .hasSize(8)
                    .allSatisfy(serial ->
                            assertThat(authority.ledger().find(serial)).get().isInstanceOf(LedgerEntry.Issued.class));
        }
    }

    @Test
    void thePassphraseIsNeededAndMustBeRight() throws Exception {
        try (Passphrase wrong = Passphrase.of("wrong".toCharArray())) {
            assertThatExceptionOfType(org.chancery.pki.keystore.KeyStoreFileException.class)
                    .isThrownBy(() -> authority.issuer(wrong));
        }
    }

    @Test
    void aKeyFileWithAnotherKeyIsNotUsed() throws Exception {
        Files.copy(
                authority.home().rootKeyStore(),
                authority.home().issuingKeyStore(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (Passphrase passphrase = TestAuthorityHome.passphrase()) {
            assertThatExceptionOfType(AuthorityException.class)
                    .isThrownBy(() -> authority.issuer(passphrase))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(AuthorityFailure.WRONG_KEY));
        }
    }

    private Issuer withKey(SigningKey key) {
        return new Issuer(
                CertificateChain.of(authority.issuing(), authority.root()),
                key,
                authority.ledger(),
                TestAuthorityHome.CLOCK);
    }

    /// Its provider knows no algorithm at all, as a card that was pulled out does not.
    private SigningKey brokenKey() {
        Provider nothing = new Provider("Nothing", "1", "provides nothing") {
            private static final long serialVersionUID = 1L;
        };
        return halves(nothing);
    }

    /// It signs, but nothing that it signs verifies.
    private SigningKey faultyKey() {
        return halves(Security.getProvider("SunEC"));
    }

    /// The public half is the issuing CA's, the private half another's.
    private SigningKey halves(Provider provider) {
        return SigningKey.of(
                TestKeys.ec("ca faulty").exposedPrivateKey(),
                authority.issuing().getPublicKey(),
                provider);
    }

    private Grant.Granted granted(String person) throws Exception {
        return granted(person, TestKeys.ec("ca " + person));
    }

    private Grant.Granted granted(String person, SigningKey key) throws Exception {
        return (Grant.Granted) decide(person, key);
    }

    private Grant decide(String person, SigningKey key) throws Exception {
        CertificateRequest request =
                CertificateRequest.parse(CertificateRequestBuilder.of(DistinguishedName.of(person, Optional.empty()))
                        .name(new GeneralName.Rfc822(person + "@lab.example"))
                        .build(key));
        return authority.decide(request, TestProfiles.client(), Wishes.NONE);
    }
}
