package org.chancery.client.chat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.device.SixWords;

/// One's own devices, as of one moment.
///
/// @param words what this device shows while it waits to be approved
/// @param devices on the chain, in the order in which they joined
/// @param waiting those that ask to join; for a device on the chain to approve
/// @param trouble what a person should know of the chain, as a sentence
public record DevicesView(
        DeviceStanding standing,
        Optional<SixWords> words,
        List<OnChain> devices,
        List<Waiting> waiting,
        Optional<String> trouble) {
    /// Before the relay has been asked.
    public static final DevicesView UNKNOWN =
            new DevicesView(DeviceStanding.UNKNOWN, Optional.empty(), List.of(), List.of(), Optional.empty());

    /// A device on the chain.
    ///
    /// @param joined when it was signed for, by the signer's clock
    /// @param thisOne the one that shows this
    /// @param state of its certificate; empty where the relay shows none
    /// @param notAfter of its certificate, likewise
    /// @param online the relay's claim
    public record OnChain(
            DeviceId device,
            Instant joined,
            boolean thisOne,
            Optional<DeviceState> state,
            Optional<Instant> notAfter,
            boolean online) {}

    /// A device that asks to join.
    ///
    /// @param asked when it signed, by its clock
    /// @param words what it shows as well, unless somebody stands between
    public record Waiting(DeviceId device, Instant asked, SixWords words) {}

    public DevicesView {
        devices = List.copyOf(devices);
        waiting = List.copyOf(waiting);
    }
}
