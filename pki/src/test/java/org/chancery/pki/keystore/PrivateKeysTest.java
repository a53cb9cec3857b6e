package org.chancery.pki.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrivateKeysTest {
    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "EC_P384"})
    void writesEcKeyWithItsPublicHalf(KeyAlgorithm algorithm) throws Exception {
        SigningKey key = TestKeys.of(algorithm, "alice");
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(PrivateKeys.exposedPkcs8Der(key));
        assertThat(org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey())
                        .getPublicKey())
                .isEqualTo(SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded())
                        .getPublicKeyData());
    }

    /// Compared by the number: the JDK's own equality is that of the octets.
    @ParameterizedTest
    @EnumSource(names = {"EC_P256", "EC_P384"})
    void readsBackWhatItWrites(KeyAlgorithm algorithm) throws Exception {
        SigningKey key = TestKeys.of(algorithm, "bob");
        assertThat(PrivateKeys.parse(PrivateKeys.exposedPkcs8Der(key)))
                .asInstanceOf(type(ECPrivateKey.class))
                .returns(((ECPrivateKey) key.exposedPrivateKey()).getS(), ECPrivateKey::getS);
    }
}
