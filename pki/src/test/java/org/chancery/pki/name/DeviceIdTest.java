package org.chancery.pki.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.List;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.Test;

class DeviceIdTest {
    @Test
    void isTheHashOfTheSubjectPublicKeyInfo() throws Exception {
        PublicKey key = TestKeys.ec("device").publicKey();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());

        assertThat(DeviceId.of(key).bytes()).isEqualTo(hash);
        assertThat(DeviceId.parse(DeviceId.ofBytes(hash).hex())).isEqualTo(DeviceId.of(key));
    }

    @Test
    void refusesWhatIsNot64LowerCaseHexDigits() {
        for (String text : List.of("", "ab".repeat(31), "ab".repeat(33), "AB".repeat(32), "0g".repeat(32))) {
            assertThatExceptionOfType(MalformedNameException.class).as(text).isThrownBy(() -> DeviceId.parse(text));
        }
    }
}
