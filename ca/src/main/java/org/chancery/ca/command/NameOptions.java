package org.chancery.ca.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chancery.ca.profile.Wishes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose a certificate will be, where the request does not say or says too much.
final class NameOptions {
    @Option(names = "--address", paramLabel = "ADDRESS", description = "whose it is; must agree with the request")
    private @Nullable String address;

    @Option(names = "--name", paramLabel = "NAME", description = "the display name people see beside the address")
    private @Nullable String name;

    @Option(names = "--dns", paramLabel = "HOST", description = "a host name, instead of those requested; may repeat")
    private List<String> hosts = List.of();

    @Option(names = "--ip", paramLabel = "IP", description = "an IP address, instead of those requested; may repeat")
    private List<String> ips = List.of();

    Wishes wishes(OptionalInt days) {
        return new Wishes(Optional.ofNullable(address), Optional.ofNullable(name), hosts, ips, days);
    }
}
