package org.chancery.pki.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.RSAPublicKeySpec;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.Test;

class KeyPolicyTest {
    private static final BigInteger MODULUS =
            ((RSAPublicKey) TestKeys.rsa("policy").publicKey()).getModulus();
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    @Test
    void acceptsRsa2048ButDoesNotIssueToIt() throws Exception {
        PublicKey key = TestKeys.rsa("policy").publicKey();

        assertThatCode(() -> KeyPolicy.ACCEPT.check(key)).doesNotThrowAnyException();
        assertThat(failureOf(KeyPolicy.ISSUE, key)).isEqualTo(KeyFailure.TOO_SHORT);
    }

    @Test
    void acceptsAndIssuesToBothCurves() throws Exception {
        KeyPolicy.ISSUE.check(TestKeys.ec("policy").publicKey());
        KeyPolicy.ISSUE.check(TestKeys.of(KeyAlgorithm.EC_P384, "policy").publicKey());
    }

    @Test
    void refusesRsaLengthsOutsideTheBounds() throws Exception {
        assertThat(failureOf(KeyPolicy.ACCEPT, rsa(odd(2046), F4))).isEqualTo(KeyFailure.TOO_SHORT);
        assertThat(failureOf(KeyPolicy.ACCEPT, rsa(odd(8192), F4))).isEqualTo(KeyFailure.TOO_LONG);
    }

    @Test
    void refusesBadExponents() throws Exception {
        assertThat(failureOf(KeyPolicy.ACCEPT, rsa(MODULUS, BigInteger.valueOf(3))))
                .isEqualTo(KeyFailure.BAD_EXPONENT);
        assertThat(failureOf(KeyPolicy.ACCEPT, rsa(MODULUS, BigInteger.valueOf(65538))))
                .isEqualTo(KeyFailure.BAD_EXPONENT);
        assertThat(failureOf(KeyPolicy.ACCEPT, rsa(MODULUS, odd(256)))).isEqualTo(KeyFailure.BAD_EXPONENT);
    }

    @Test
    void refusesModuliWithASmallFactor() throws Exception {
        BigInteger multiple =
                BigInteger.ONE.shiftLeft(2047).divide(BigInteger.valueOf(751)).add(BigInteger.ONE);

        assertThat(failureOf(KeyPolicy.ACCEPT, rsa(multiple.multiply(BigInteger.valueOf(751)), F4)))
                .isEqualTo(KeyFailure.BAD_MODULUS);
    }

    @Test
    void refusesOtherKindsOfKey() throws Exception {
        assertThat(failureOf(KeyPolicy.ACCEPT, generate("Ed25519"))).isEqualTo(KeyFailure.UNSUPPORTED_ALGORITHM);
        assertThat(failureOf(KeyPolicy.ACCEPT, generate("RSASSA-PSS"))).isEqualTo(KeyFailure.UNSUPPORTED_ALGORITHM);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp521r1"));
        assertThat(failureOf(KeyPolicy.ACCEPT, generator.generateKeyPair().getPublic()))
                .isEqualTo(KeyFailure.UNSUPPORTED_ALGORITHM);
    }

    @Test
    void refusesPointsOffTheCurve() {
        ECPublicKey good = (ECPublicKey) TestKeys.ec("policy").publicKey();
        ECPoint off =
                new ECPoint(good.getW().getAffineX(), good.getW().getAffineY().add(BigInteger.ONE));

        assertThat(failureOf(KeyPolicy.ACCEPT, new Point(good, off))).isEqualTo(KeyFailure.BAD_POINT);
        assertThat(failureOf(KeyPolicy.ACCEPT, new Point(good, ECPoint.POINT_INFINITY)))
                .isEqualTo(KeyFailure.BAD_POINT);
    }

    private static KeyFailure failureOf(KeyPolicy policy, PublicKey key) {
        try {
            policy.check(key);
        } catch (WeakKeyException e) {
            return e.failure();
        }
        throw new AssertionError("accepted " + key.getAlgorithm());
    }

    /// 2^bits + 1, which is not a multiple of two.
    private static BigInteger odd(int bits) {
        return BigInteger.ONE.shiftLeft(bits).add(BigInteger.ONE);
    }

    private static PublicKey rsa(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey generate(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
    }

    /// A key the JDK's own factory would not make.
    private record Point(ECPublicKey model, ECPoint w) implements ECPublicKey {
        private static final long serialVersionUID = 1L;

        @Override
        public ECPoint getW() {
            return w;
        }

        @Override
        public ECParameterSpec getParams() {
            return model.getParams();
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return model.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return model.getEncoded();
        }
    }
}
