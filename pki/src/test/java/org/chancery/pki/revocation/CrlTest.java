package org.chancery.pki.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.TestAuthority;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrlTest {
    private static final TestPki PKI = TestPki.create();
    private static final TestAuthority ISSUER = PKI.issuing();
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant INVALID_SINCE = Instant.parse("2026-11-20T08:00:00Z");

    @Test
    void saysWhatWasRevoked() {
        RevokedCertificate plain = revoked(1, RevocationReason.UNSPECIFIED, Optional.empty());
        RevokedCertificate compromised = revoked(2, RevocationReason.KEY_COMPROMISE, Optional.of(INVALID_SINCE));

        Crl crl = ISSUER.crl(7, PKI.now(), WEEK, List.of(plain, compromised));

        assertThat(crl.number()).isEqualTo(7);
        assertThat(crl.issuer()).isEqualTo(ISSUER.certificate().getSubjectX500Principal());
        assertThat(crl.thisUpdate()).isEqualTo(PKI.now());
        assertThat(crl.nextUpdate()).isEqualTo(PKI.now().plus(WEEK));
        assertThat(crl.entries()).containsExactly(plain, compromised);
        assertThat(crl.find(compromised.serialNumber())).contains(compromised);
        assertThat(crl.find(serial(3))).isEmpty();
    }

    @Test
    void listsNothingWhereNothingIsRevoked() {
        assertThat(ISSUER.crl(1, PKI.now(), WEEK, List.of()).entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REMOVE_FROM_CRL")
    void keepsEveryReason(RevocationReason reason) {
        RevokedCertificate entry = revoked(1, reason, Optional.empty());

        assertThat(ISSUER.crl(1, PKI.now(), WEEK, List.of(entry)).entries()).containsExactly(entry);
        assertThat(RevocationReason.ofCode(reason.code())).contains(reason);
    }

    @Test
    void reasonSevenDoesNotExist() {
        assertThat(RevocationReason.ofCode(7)).isEmpty();
    }

    @Test
    void completeListsDoNotTakeEntriesBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ISSUER.crl(
                        1, PKI.now(), WEEK, List.of(revoked(1, RevocationReason.REMOVE_FROM_CRL, Optional.empty()))));
    }

    @Test
    void namesACertificateOnce() {
        RevokedCertificate entry = revoked(1, RevocationReason.SUPERSEDED, Optional.empty());

        assertThatIllegalArgumentException().isThrownBy(() -> ISSUER.crl(1, PKI.now(), WEEK, List.of(entry, entry)));
    }

    @Test
    void onlyItsIssuerVerifiesIt() {
        Crl crl = ISSUER.crl(1, PKI.now(), WEEK, List.of());

        assertThat(crl.verifiedBy(ISSUER.certificate())).isTrue();
        assertThat(crl.verifiedBy(PKI.root().certificate())).isFalse();
        assertThat(crl.verifiedBy(TestPki.allRsa().issuing().certificate()))
                .as("the same name with another key")
                .isFalse();
    }

    @Test
    void aKeyWithoutCrlSignSignsNone() {
        var leaf = PKI.client("alice@lab.example");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrlSigner.sign(
                        leaf.chain().leaf(),
                        leaf.key(),
                        BigInteger.ONE,
                        PKI.now(),
                        PKI.now().plus(WEEK),
                        List.of()))
                .withMessageContaining("cRLSign");
    }

    @Test
    void aKeyThatIsNotTheIssuersSignsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrlSigner.sign(
                        ISSUER.certificate(),
                        TestKeys.ec("other"),
                        BigInteger.ONE,
                        PKI.now(),
                        PKI.now().plus(WEEK),
                        List.of()));
    }

    @Test
    void damageIsRefusedOrDoesNotVerify() {
        byte[] der = ISSUER.crl(
                        1,
                        PKI.now(),
                        WEEK,
                        List.of(
                                revoked(1, RevocationReason.UNSPECIFIED, Optional.empty()),
                                revoked(2, RevocationReason.KEY_COMPROMISE, Optional.of(INVALID_SINCE))))
                .der();

        Mutations.of(der).forEach(damaged -> assertThat(isGood(damaged)).isFalse());
    }

    @Test
    @Defends(Threat.LENGTH_OR_DEPTH_BOMB)
    void refusesTrailingOctetsAndOversize() {
        byte[] der = ISSUER.crl(1, PKI.now(), WEEK, List.of()).der();

        assertThat(failureOf(Arrays.copyOf(der, der.length + 1))).isEqualTo(CrlFailure.MALFORMED);
        assertThat(failureOf(new byte[Crl.MAX_OCTETS + 1])).isEqualTo(CrlFailure.TOO_LARGE);
    }

    @Test
    void readsAndFindsHundredThousandEntriesAtOnce() throws Exception {
        List<RevokedCertificate> many = IntStream.rangeClosed(1, 100_000)
                .mapToObj(i -> revoked(i, RevocationReason.SUPERSEDED, Optional.empty()))
                .toList();

        Crl crl = Crl.parse(ISSUER.crl(1, PKI.now(), WEEK, many).der());

        assertThat(crl.verifiedBy(ISSUER.certificate())).isTrue();
        assertThat(crl.entries()).hasSize(100_000);
        // A hundred thousand handshakes: were each to hash or to walk the list, this would take minutes.
        assertTimeout(Duration.ofSeconds(10), () -> {
            for (int i = 1; i <= 100_000; i++) {
                assertThat(crl.signedBy(ISSUER.key().publicKey())
                                && crl.find(serial(i)).isPresent())
                        .isTrue();
            }
        });
    }

    private static boolean isGood(byte[] der) {
        try {
            return Crl.parse(der).verifiedBy(ISSUER.certificate());
        } catch (MalformedCrlException e) {
            return false;
        }
    }

    private static CrlFailure failureOf(byte[] der) {
        return assertThatExceptionOfType(MalformedCrlException.class)
                .isThrownBy(() -> Crl.parse(der))
                .actual()
                .failure();
    }

    private static RevokedCertificate revoked(long serial, RevocationReason reason, Optional<Instant> invalidityDate) {
        return new RevokedCertificate(serial(serial), PKI.now().minusSeconds(60), reason, invalidityDate);
    }

    private static SerialNumber serial(long value) {
        return new SerialNumber(BigInteger.valueOf(value));
    }
}
