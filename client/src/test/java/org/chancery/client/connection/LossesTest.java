package org.chancery.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class LossesTest {
    private static final RelayAddress RELAY = new RelayAddress("chat.lab.example", 65432);

    @Test
    void sayThatANameIsNotKnown() {
        assertThat(Losses.of(new UnknownHostException("chat.lab.example"), RELAY))
                .isEqualTo(new Loss.Broken("cannot reach chat.lab.example:65432: no host of that name is known"));
    }

    @Test
    void keepTheWordsOfTheSystem() {
        assertThat(Losses.of(new ConnectException("Connection refused"), RELAY))
                .isEqualTo(new Loss.Broken("cannot reach chat.lab.example:65432: Connection refused"));
    }
}
