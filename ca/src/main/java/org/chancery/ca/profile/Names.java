package org.chancery.ca.profile;

import java.util.List;
import java.util.Optional;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;

/// The names a certificate will carry: what a profile made of a request and a wish.
///
/// @param address empty for a relay
/// @param label what a person calls it
record Names(
        DistinguishedName subject,
        List<GeneralName> alternatives,
        Optional<Address> address,
        String label,
        List<Item> requested) {
    Names {
        alternatives = List.copyOf(alternatives);
        requested = List.copyOf(requested);
    }
}
