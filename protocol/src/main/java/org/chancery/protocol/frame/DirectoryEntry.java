package org.chancery.protocol.frame;

import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;

/// One device as the relay knows it. The relay's word only: who seals to it validates the chain.
///
/// @param displayName the subject's name for people, where it has one
/// @param chain what the device presented last, leaf first, without the anchor
/// @param revoked on a CRL that the relay holds
/// @param online has a session now
/// @param envelopeKey the record of the newest key that it receives with, where it has published one
public record DirectoryEntry(
        Address address,
        Optional<String> displayName,
        DeviceId device,
        CertificateChain chain,
        boolean revoked,
        boolean online,
        Optional<EncodedRecord> envelopeKey) {

    /// @throws IllegalArgumentException if the display name is longer than 256 characters
    public DirectoryEntry {
        displayName.ifPresent(name -> Check.text("display name", name, 256));
    }

    /// Of a device without an envelope key.
    public DirectoryEntry(
            Address address,
            Optional<String> displayName,
            DeviceId device,
            CertificateChain chain,
            boolean revoked,
            boolean online) {
        this(address, displayName, device, chain, revoked, online, Optional.empty());
    }
}
