package org.chancery.ca.profile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What the operator says beside the request. Nothing here overrules policy.
///
/// @param address whose certificate it is to be; must agree with the request where that names addresses
/// @param displayName what people see beside the address; wins over the request's
/// @param hosts host names; with `ips`, exactly the names certified, the request's are dropped
/// @param days how long from now; the profile's default where nobody says
public record Wishes(
        Optional<String> address,
        Optional<String> displayName,
        List<String> hosts,
        List<String> ips,
        OptionalInt days) {
    /// Nothing beside the request.
    public static final Wishes NONE =
            new Wishes(Optional.empty(), Optional.empty(), List.of(), List.of(), OptionalInt.empty());

    public Wishes {
        hosts = List.copyOf(hosts);
        ips = List.copyOf(ips);
    }
}
