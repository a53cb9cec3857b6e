package org.chancery.ca.ledger;

import java.util.Objects;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What the ledger knows of a certificate before it exists: everything but its signature.
///
/// @param issuer the key that signs it: SHA-256 of the issuer's SubjectPublicKeyInfo, so that a second
///     issuing CA needs no new column
/// @param profile the name of the profile that decided it, `root` and `issuing` for the authority's own
///     certificates
/// @param address whose it is; empty for relays and for the authority itself
/// @param device the certified key
/// @param name what a person calls it: the address, the first host name, or the authority's name
/// @param origin whether it takes over from another, and from which
public record Particulars(
        SerialNumber serial,
        DeviceId issuer,
        String profile,
        Optional<Address> address,
        DeviceId device,
        String name,
        Validity validity,
        Origin origin) {
    public Particulars {
        Objects.requireNonNull(serial);
        Objects.requireNonNull(issuer);
        Objects.requireNonNull(address);
        Objects.requireNonNull(device);
        Objects.requireNonNull(validity);
        Objects.requireNonNull(origin);
        if (profile.isBlank()) {
            throw new IllegalArgumentException("a certificate has a profile");
        }
    }

    /// Whether it is one of the authority's own certificates, not one it issued to somebody.
    public boolean isAuthority() {
        return profile.equals(Ledger.ROOT) || profile.equals(Ledger.ISSUING);
    }
}
