package org.chancery.server.conversation;

import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;

/// A device that has connected at least once.
///
/// @param displayName the subject's name for people, where it has one
/// @param chain what it presented last, leaf first, without the anchor
/// @param revoked since then, or ended by its owner: not to be sealed to
/// @param envelopeKey the record of its newest one, where it has published any
public record KnownDevice(
        Address address,
        Optional<String> displayName,
        DeviceId id,
        CertificateChain chain,
        boolean revoked,
        Optional<EncodedRecord> envelopeKey) {

    /// Without what the log knows of it besides.
    public KnownDevice(
            Address address, Optional<String> displayName, DeviceId id, CertificateChain chain, boolean revoked) {
        this(address, displayName, id, chain, revoked, Optional.empty());
    }
}
