package org.chancery.protocol.channel;

import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.ValidatedPath;

/// A person's device that proved who it is.
///
/// @param path the chain that proves it, for as long as it holds
/// @param displayName the name for people; the address where the certificate has none
public record Peer(Address address, DeviceId device, ValidatedPath path, String displayName) {

    /// The peer whose chain has been validated.
    ///
    /// @throws MalformedNameException if the certificate does not have exactly one canonical address
    public static Peer from(ValidatedPath path) throws MalformedNameException {
        Address address = Address.of(path.leaf());
        String displayName = DistinguishedName.of(path.leaf().getSubjectX500Principal())
                .displayName()
                .orElse(address.value());
        return new Peer(address, DeviceId.of(path.leaf().getPublicKey()), path, displayName);
    }
}
