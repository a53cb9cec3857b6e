package org.chancery.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayAddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:65432", "chat.lab.example:443", "[::1]:65432"})
    void readsWhatItWrites(String text) {
        assertThat(RelayAddress.parse(text)).hasToString(text);
    }

    @Test
    void takesAnAddressOutOfItsBrackets() {
        assertThat(RelayAddress.parse("[::1]:65432").host()).isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chat.lab.example", ":65432", "chat:", "chat:0", "chat:65536", "chat:x", "::1:65432"})
    void refusesWhatIsNoHostAndPort(String text) {
        assertThatThrownBy(() -> RelayAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
