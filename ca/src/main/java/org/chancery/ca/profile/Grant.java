package org.chancery.ca.profile;

import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.name.Address;

/// A profile's decision. There is no third way and no default: whoever holds a [Granted] holds the whole
/// certificate but its signature.
public sealed interface Grant {
    /// What the certificate says.
    ///
    /// @param profile by which it was decided
    /// @param address whose it is; empty for a relay
    /// @param name what a person calls it
    /// @param items what the request asked for, each with what became of it; then what the profile adds
    /// @param notes what the operator should know: a validity cut short, a key that cannot receive
    record Granted(
            String profile,
            Optional<Address> address,
            String name,
            TbsCertificate certificate,
            List<Item> items,
            List<String> notes)
            implements Grant {
        public Granted {
            items = List.copyOf(items);
            notes = List.copyOf(notes);
        }
    }

    /// No certificate.
    ///
    /// @param detail what was found, for example the name that is not permitted
    record Refused(RefusalReason reason, String detail) implements Grant {}
}
