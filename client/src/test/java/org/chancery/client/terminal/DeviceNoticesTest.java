package org.chancery.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.Event;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.device.SixWords;
import org.junit.jupiter.api.Test;

final class DeviceNoticesTest {
    private static final DeviceId PHONE = new DeviceId("cd".repeat(32));
    private static final SixWords WORDS =
            new SixWords(List.of("baron", "lord", "mountain", "teenager", "mocha", "region"));

    private final List<Command> asked = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final DeviceNotices devices = new DeviceNotices(asked::add, notices::add);

    private static DevicesView view(DeviceStanding standing, DevicesView.Waiting... waiting) {
        return new DevicesView(standing, Optional.empty(), List.of(), List.of(waiting), Optional.empty());
    }

    private static DevicesView phoneWaits() {
        return view(DeviceStanding.ON_CHAIN, new DevicesView.Waiting(PHONE, Instant.EPOCH, WORDS));
    }

    @Test
    void sayOnceThatADeviceWaits() {
        devices.heard(phoneWaits());
        devices.heard(phoneWaits());
        assertThat(notices).singleElement().asString().contains("baron lord mountain teenager mocha region");
    }

    @Test
    void approveTheDeviceWithTheseWords() {
        devices.heard(phoneWaits());
        devices.approve(" Baron lord mountain teenager mocha region ");
        assertThat(asked).containsExactly(new Command.ApproveDevice(PHONE));
        devices.heard(new Event.DeviceActed(new Command.ApproveDevice(PHONE), Optional.empty()));
        assertThat(notices).last().asString().contains("approved");
    }

    @Test
    void approveNothingElse() {
        devices.approve("baron lord mountain teenager mocha region");
        assertThat(notices).last().asString().contains("no device of yours waits");
        devices.heard(phoneWaits());
        devices.approve("baron lord mountain teenager mocha regal");
        assertThat(notices).last().asString().contains("somebody stands between");
        assertThat(asked).isEmpty();
    }

    @Test
    void sayWhenThisDeviceHasJoined() {
        devices.heard(view(DeviceStanding.WAITING));
        assertThat(notices).isEmpty();
        devices.heard(view(DeviceStanding.ON_CHAIN));
        assertThat(notices).containsExactly("this device has been approved");
    }

    @Test
    void sayWhyNothingWasDone() {
        devices.heard(new Event.DeviceActed(new Command.EndDevice(PHONE), Optional.of("busy")));
        assertThat(notices).containsExactly("not done: busy");
    }
}
