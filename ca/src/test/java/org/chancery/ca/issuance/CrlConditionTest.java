package org.chancery.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSigner;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether a published CRL says all there is to say.
class CrlConditionTest {
    @TempDir
    Path directory;

    /// After a restore the ledger knows revocations of certificates that it does not know.
    @Test
    void isIncompleteWithoutWhatTheLedgerKnowsFromACrlAlone() throws Exception {
        TestAuthorityHome.copyTo(directory.resolve("ca"));
        AuthorityHome home = new AuthorityHome(directory.resolve("ca"));
        try (Authority authority = Authority.open(home, TestAuthorityHome.CLOCK, new SecureRandom());
                Passphrase passphrase = TestAuthorityHome.passphrase()) {
            Ca issuing = authority.issuingCa();
            assertThat(CrlCondition.of(issuing, authority.ledger()).complete()).isTrue();

            authority.ledger().merge(issuing.keyId(), newer(issuing, Authority.unlock(issuing, passphrase)));

            assertThat(CrlCondition.of(issuing, authority.ledger()).complete()).isFalse();
        }
    }

    private static Crl newer(Ca issuing, SigningKey key) {
        RevokedCertificate unknown = new RevokedCertificate(
                new SerialNumber(BigInteger.valueOf(0x5eed)),
                TestAuthorityHome.NOW,
                RevocationReason.UNSPECIFIED,
                Optional.empty());
        return CrlSigner.sign(
                CrlSigner.toBeSigned(
                        issuing.certificate(),
                        new BigInteger("9999999999"),
                        TestAuthorityHome.NOW,
                        TestAuthorityHome.NOW.plus(Duration.ofDays(7)),
                        List.of(unknown)),
                key);
    }
}
