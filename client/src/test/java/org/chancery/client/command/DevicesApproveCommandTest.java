package org.chancery.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.chancery.client.chat.DevicesView.Waiting;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.device.SixWords;
import org.junit.jupiter.api.Test;

final class DevicesApproveCommandTest {
    private static final List<Waiting> PHONE = List.of(new Waiting(
            new DeviceId("cd".repeat(32)),
            Instant.EPOCH,
            new SixWords(List.of("baron", "lord", "mountain", "teenager", "mocha", "region"))));

    @Test
    void saysThatTheWordsDiffer() {
        assertThat(DevicesApproveCommand.noneFits(PHONE, ""))
                .hasMessage("the device that waits has other words than these");
        assertThat(DevicesApproveCommand.noneFits(PHONE, "cdcd")).hasMessageContaining("other words");
    }

    @Test
    void saysThatAnotherDeviceWaits() {
        assertThat(DevicesApproveCommand.noneFits(PHONE, "3f2a")).hasMessageContaining("begins with 3f2a");
    }

    @Test
    void saysThatNoneWaits() {
        assertThat(DevicesApproveCommand.noneFits(List.of(), "")).hasMessageContaining("waits to be approved");
    }
}
