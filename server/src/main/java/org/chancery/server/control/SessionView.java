package org.chancery.server.control;

import java.time.Instant;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// A session, as an administrator sees it.
///
/// @param source the other end's IP address
/// @param greeted it has said Hello and been taken in
/// @param waiting frames that it has yet to read
/// @param notAfter when its certificate ends
public record SessionView(
        Address address,
        DeviceId device,
        String source,
        Instant since,
        boolean greeted,
        int waiting,
        Instant notAfter) {}
