package org.chancery.protocol.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.VerifiedRecord;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.testing.People;
import org.junit.jupiter.api.Test;

final class EnvelopeKeyTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Instant START = TestPki.NOW.minusMillis(1500);

    private final People people = new People();
    private final Identity laptop = people.device("alice", "laptop");
    private final Identity phone = people.device("alice", "phone");
    private final RSAPublicKey rsa = (RSAPublicKey) TestKeys.envelope("laptop").publicKey();
    private final EnvelopeKey key = new EnvelopeKey(ALICE, laptop.deviceId(), 7, rsa, START);

    @Test
    void isWhatItsOctetsSay() throws Exception {
        assertThat(EnvelopeKey.decode(key.encode())).isEqualTo(key);
    }

    @Test
    void hasOneEncoding() {
        Mutations.of(key.encode()).forEach(octets -> {
            try {
                assertThat(EnvelopeKey.decode(octets).encode()).isEqualTo(octets);
            } catch (EnvelopeKeyException declared) {
                return;
            }
        });
    }

    @Test
    void isSaidByTheDeviceItself() throws Exception {
        EnvelopeKeyStatement said = EnvelopeKeyStatement.of(signed(key, laptop));

        assertThat(said.key()).isEqualTo(key);
        assertFailure(EnvelopeKeyFailure.OTHER_DEVICE, () -> EnvelopeKeyStatement.of(signed(key, phone)));
        assertFailure(EnvelopeKeyFailure.OTHER_DEVICE, () -> EnvelopeKeyStatement.of(signed(key, laptop, phone)));
    }

    @Test
    void isOfWhomTheDeviceIs() {
        EnvelopeKey bobs = new EnvelopeKey(new Address("bob@lab.example"), laptop.deviceId(), 1, rsa, START);

        assertFailure(EnvelopeKeyFailure.OTHER_ADDRESS, () -> EnvelopeKeyStatement.of(signed(bobs, laptop)));
    }

    @Test
    void doesNotBeginAfterItWasSigned() {
        EnvelopeKey later = new EnvelopeKey(ALICE, laptop.deviceId(), 1, rsa, TestPki.NOW.plus(Duration.ofSeconds(1)));

        assertFailure(EnvelopeKeyFailure.STARTS_LATER, () -> EnvelopeKeyStatement.of(signed(later, laptop)));
    }

    @Test
    void isOfThreeThousandAndSeventyTwoBitsAndTheUsualExponent() throws Exception {
        for (RSAPublicKey other : new RSAPublicKey[] {
            (RSAPublicKey) TestKeys.rsa("short").publicKey(),
            withExponent(BigInteger.valueOf(3)),
            withExponent(BigInteger.valueOf(65539)),
            withExponent(BigInteger.valueOf(65536))
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EnvelopeKey(ALICE, laptop.deviceId(), 1, other, START));
            byte[] octets = wire().setKey(ByteString.copyFrom(other.getEncoded()))
                    .build()
                    .toByteArray();
            assertThat(catchThrowableOfType(EnvelopeKeyException.class, () -> EnvelopeKey.decode(octets)))
                    .isNotNull();
        }
        byte[] curve = wire().setKey(
                        ByteString.copyFrom(TestKeys.ec("curve").publicKey().getEncoded()))
                .build()
                .toByteArray();
        assertFailure(EnvelopeKeyFailure.WEAK_KEY, () -> EnvelopeKey.decode(curve));
    }

    @Test
    void aModulusThatAnybodyFactorsIsFound() throws Exception {
        BigInteger prime = BigInteger.ONE.shiftLeft(1535).setBit(1534).nextProbablePrime();
        BigInteger near = prime.multiply(prime.nextProbablePrime());
        EnvelopeKey weak = new EnvelopeKey(ALICE, laptop.deviceId(), 1, of(near, BigInteger.valueOf(65537)), START);
        EnvelopeKeyStatement said = EnvelopeKeyStatement.of(signed(weak, laptop));

        assertFailure(EnvelopeKeyFailure.WEAK_KEY, said::inspect);
    }

    @Test
    void numbersBeginWithOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EnvelopeKey(ALICE, laptop.deviceId(), 0, rsa, START));
        byte[] high = wire().setNumber(-1).build().toByteArray(); // 2^32 - 1 on the wire
        assertFailure(EnvelopeKeyFailure.MALFORMED, () -> EnvelopeKey.decode(high));
    }

    @Test
    void isAcceptedForThirtyDays() {
        assertThat(key.isAccepted(START.plus(Duration.ofDays(30)).minusMillis(1)))
                .isTrue();
        assertThat(key.isAccepted(START.plus(Duration.ofDays(30)))).isFalse();
    }

    @Test
    void longerThanAnyKeyIsMalformed() {
        assertFailure(EnvelopeKeyFailure.MALFORMED, () -> EnvelopeKey.decode(new byte[1025]));
    }

    private org.chancery.protocol.wire.EnvelopeKey.Builder wire() {
        return org.chancery.protocol.wire.EnvelopeKey.newBuilder()
                .setAddress(ALICE.value())
                .setDevice(ByteString.copyFrom(laptop.deviceId().bytes()))
                .setNumber(1)
                .setKey(ByteString.copyFrom(rsa.getEncoded()))
                .setStartMillis(START.toEpochMilli());
    }

    private RSAPublicKey withExponent(BigInteger exponent) throws Exception {
        return of(rsa.getModulus(), exponent);
    }

    private static RSAPublicKey of(BigInteger modulus, BigInteger exponent) throws Exception {
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private VerifiedRecord signed(EnvelopeKey said, Identity... signers) throws Exception {
        return people.signed(ContentPurpose.ENVELOPE_KEY, said.encode(), signers);
    }

    private static void assertFailure(EnvelopeKeyFailure failure, ThrowingCallable call) {
        EnvelopeKeyException refused = catchThrowableOfType(EnvelopeKeyException.class, call);
        assertThat(refused).as("nothing was refused").isNotNull();
        assertThat(refused.failure()).isEqualTo(failure);
    }
}
