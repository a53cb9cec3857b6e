package org.chancery.server.conversation;

import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// A device that has connected at least once.
///
/// @param displayName the subject's name for people, where it has one
/// @param chain what it presented last, leaf first, without the anchor
/// @param revoked since then, or ended by its owner: not to be sealed to
public record KnownDevice(
        Address address, Optional<String> displayName, DeviceId id, CertificateChain chain, boolean revoked) {}
