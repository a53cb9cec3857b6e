package org.chancery.pki.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningKeyTest {
    private static final byte[] DATA = "letter".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource
    void signsWhatTheJcaVerifies(SignatureScheme scheme) throws Exception {
        SigningKey key = keyFor(scheme);
        Signature verification = Signature.getInstance(scheme.jcaName());
        if (scheme.jcaParameters().isPresent()) {
            verification.setParameter(scheme.jcaParameters().get());
        }
        verification.initVerify(key.publicKey());
        verification.update(DATA);

        assertThat(verification.verify(key.sign(scheme, DATA))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void namesItsAlgorithmAsTheJdkDoes(SignatureScheme scheme) throws Exception {
        if (scheme == SignatureScheme.RSA_PSS_SHA256) {
            // RFC 4055 section 3.1: SHA-256 twice and salt 32; the trailer is the default and left out.
            assertThat(scheme.algorithmIdentifierDer())
                    .asHexString()
                    .isEqualToIgnoringCase("304106092A864886F70D01010A3034A00F300D06096086480165030402010500"
                            + "A11C301A06092A864886F70D010108300D06096086480165030402010500A203020120");
        } else {
            assertThat(scheme.algorithmIdentifierDer()[0]).isEqualTo((byte) 0x30);
            assertThat(SignatureScheme.forCertificates(keyFor(scheme).publicKey()))
                    .isEqualTo(scheme);
        }
    }

    @Test
    void refusesSchemesForOtherKeys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestKeys.ec("signer").sign(SignatureScheme.RSA_PSS_SHA256, DATA));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestKeys.rsa("signer").sign(SignatureScheme.ECDSA_SHA256, DATA));
    }

    @Test
    void choosesSchemesByKeyAndUse() {
        PublicKey rsa = TestKeys.rsa("signer").publicKey();

        assertThat(SignatureScheme.forCertificates(rsa)).isEqualTo(SignatureScheme.RSA_PKCS1_SHA256);
        assertThat(SignatureScheme.forSignedData(rsa)).isEqualTo(SignatureScheme.RSA_PSS_SHA256);
        assertThat(SignatureScheme.forSignedData(TestKeys.ec("signer").publicKey()))
                .isEqualTo(SignatureScheme.ECDSA_SHA256);
    }

    @Test
    void refusesHalvesOfTwoPairs() {
        SigningKey one = TestKeys.rsa("signer");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(
                        one.exposedPrivateKey(), TestKeys.rsa("other").publicKey()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.of(
                        one.exposedPrivateKey(), TestKeys.ec("other").publicKey()));
    }

    @Test
    void showsNothingPrivate() {
        SigningKey key = TestKeys.ec("signer");

        assertThat(key.toString()).isEqualTo("SigningKey[EC, device " + key.deviceId() + "]");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RSA_3072", "RSA_4096"}) // seconds each, and no other code
    void makesTheKeysItNames(KeyAlgorithm algorithm) {
        assertThat(KeyAlgorithm.of(TestKeys.of(algorithm, "signer").publicKey()))
                .contains(algorithm);
        assertThat(KeyAlgorithm.parse(algorithm.cliName())).isEqualTo(algorithm);
    }

    @Test
    void readsKeysItSupportsAndNoOthers() throws Exception {
        PublicKey ec = TestKeys.ec("signer").publicKey();

        assertThat(PublicKeys.parse(ec.getEncoded())).isEqualTo(ec).isInstanceOf(ECPublicKey.class);
        byte[] ed25519 = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        assertThatExceptionOfType(WeakKeyException.class)
                .isThrownBy(() -> PublicKeys.parse(ed25519))
                .extracting(WeakKeyException::failure)
                .isEqualTo(KeyFailure.UNSUPPORTED_ALGORITHM);
        assertThatExceptionOfType(WeakKeyException.class).isThrownBy(() -> PublicKeys.parse(new byte[] {0x30, 0}));
    }

    private static SigningKey keyFor(SignatureScheme scheme) {
        return switch (scheme) {
            case RSA_PKCS1_SHA256, RSA_PSS_SHA256 -> TestKeys.rsa("signer");
            case ECDSA_SHA256 -> TestKeys.ec("signer");
            case ECDSA_SHA384 -> TestKeys.of(KeyAlgorithm.EC_P384, "signer");
        };
    }
}
