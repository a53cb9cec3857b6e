package org.chancery.protocol.channel;

import java.util.Optional;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.ValidatedPath;

/// A person's device that proved who it is.
///
/// @param path the chain that proves it, for as long as it holds
/// @param displayName the name for people, where the certificate has one
public record Peer(Address address, DeviceId device, ValidatedPath path, Optional<String> displayName) {

    /// The peer whose chain has been validated.
    ///
    /// @throws MalformedNameException if the certificate does not have exactly one canonical address
    public static Peer from(ValidatedPath path) throws MalformedNameException {
        Address address = Address.of(path.leaf());
        Optional<String> displayName =
                DistinguishedName.of(path.leaf().getSubjectX500Principal()).displayName();
        return new Peer(address, DeviceId.of(path.leaf().getPublicKey()), path, displayName);
    }
}
