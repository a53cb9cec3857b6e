package org.chancery.ca.ledger;

import java.util.Optional;
import org.chancery.pki.name.Address;

/// For whom a key has been certified before. One key belongs to one address, in one profile, for ever.
///
/// @param compromised some certificate of this key was revoked for keyCompromise, which counts for all of
///     them
public record KeyHolder(String profile, Optional<Address> address, boolean compromised) {
    /// Whether a further certificate of the key may go to this profile and address.
    public boolean admits(String otherProfile, Optional<Address> otherAddress) {
        return !compromised && profile.equals(otherProfile) && address.equals(otherAddress);
    }

    /// The holder in words, for a refusal: `bob@lab.example (client)`.
    public String inWords() {
        String who =
                address.map(Address::value).map(a -> a + " (" + profile + ")").orElse("profile " + profile);
        return compromised ? who + ", revoked for keyCompromise" : who;
    }
}
