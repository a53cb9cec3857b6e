package org.chancery.ca.profile;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.request.CertificateRequest;

/// A person's names: exactly one canonical address, in the SAN and as CN, and a display name if there is one.
final class PersonNames {
    private PersonNames() {}

    /// @param named whether the profile has display names
    static Names decide(CertificateRequest request, Wishes wishes, Namespace namespace, boolean named) throws Refusal {
        if (!wishes.hosts().isEmpty() || !wishes.ips().isEmpty()) {
            throw new Refusal(RefusalReason.NAME_TYPE, "--dns and --ip with a person's certificate");
        }
        if (wishes.displayName().isPresent() && !named) {
            throw new Refusal(RefusalReason.NAME_TYPE, "--name with a profile without display names");
        }
        List<String> requested = mailboxes(request);
        Address address = address(requested, wishes.address());
        checkSubject(request, address);
        if (!namespace.permits(address)) {
            throw new Refusal(RefusalReason.NOT_PERMITTED, address + ", it is for " + namespace.domainsInWords());
        }
        Optional<String> displayName = wishes.displayName().isPresent()
                ? wishes.displayName()
                : request.subject().displayName().filter(_ -> named);
        return new Names(
                subject(address, displayName),
                List.of(GeneralName.Rfc822.of(address)),
                Optional.of(address),
                address.value(),
                items(request, address, displayName));
    }

    private static List<String> mailboxes(CertificateRequest request) {
        return request.requestedNames().stream()
                .filter(GeneralName.Rfc822.class::isInstance)
                .map(name -> ((GeneralName.Rfc822) name).mailbox())
                .distinct()
                .toList();
    }

    private static Address address(List<String> requested, Optional<String> wished) throws Refusal {
        if (wished.isEmpty()) {
            return switch (requested.size()) {
                case 0 -> throw new Refusal(RefusalReason.NO_ADDRESS, "no rfc822Name requested and no address given");
                case 1 -> canonical(requested.getFirst());
                default -> throw new Refusal(RefusalReason.SEVERAL_ADDRESSES, String.join(", ", requested));
            };
        }
        Address address = canonical(wished.get());
        if (!requested.isEmpty() && !requested.contains(address.value())) {
            throw new Refusal(
                    RefusalReason.ADDRESS_DISAGREES,
                    "given " + address + ", requested " + String.join(", ", requested));
        }
        return address;
    }

    /// Whoever writes another's address into the subject asks for another's name, though nothing is taken from there.
    private static void checkSubject(CertificateRequest request, Address address) throws Refusal {
        String commonName = request.subject().commonName().orElse("");
        if (hasAt(commonName) && !commonName.equalsIgnoreCase(address.value())) {
            throw new Refusal(
                    RefusalReason.ADDRESS_DISAGREES, "it is " + address + ", the subject requested says " + commonName);
        }
    }

    private static Address canonical(String text) throws Refusal {
        try {
            return Address.parseCanonical(text);
        } catch (MalformedNameException e) {
            throw new Refusal(RefusalReason.MALFORMED_ADDRESS, "\"" + text + "\": " + e.getMessage());
        }
    }

    private static DistinguishedName subject(Address address, Optional<String> displayName) throws Refusal {
        // An @ is how people tell an address from a name: a display name that has one could pass for somebody
        // else.
        if (displayName.filter(PersonNames::hasAt).isPresent()) {
            throw new Refusal(RefusalReason.DISPLAY_NAME, "\"" + displayName.get() + "\" has an @");
        }
        try {
            DistinguishedName.of(address.value());
        } catch (MalformedNameException e) {
            throw new Refusal(RefusalReason.MALFORMED_ADDRESS, e.getMessage());
        }
        try {
            return DistinguishedName.of(address.value(), displayName);
        } catch (MalformedNameException e) {
            throw new Refusal(RefusalReason.DISPLAY_NAME, e.getMessage());
        }
    }

    /// Whether it has an @, or one of the characters that only look like it (U+FF20, U+FE6B).
    private static boolean hasAt(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).contains("@");
    }

    private static List<Item> items(CertificateRequest request, Address address, Optional<String> displayName) {
        List<Item> items = new ArrayList<>();
        for (GeneralName name : request.requestedNames()) {
            boolean granted = name.equals(GeneralName.Rfc822.of(address));
            items.add(
                    granted
                            ? Item.granted("name", name.toString())
                            : Item.dropped("name", name.toString(), "a person's certificate carries one address"));
        }
        request.subject()
                .displayName()
                .ifPresent(name -> items.add(
                        displayName.filter(name::equals).isPresent()
                                ? Item.granted("display name", name)
                                : Item.dropped(
                                        "display name",
                                        name,
                                        displayName.isPresent()
                                                ? "another was given"
                                                : "the profile has no display names")));
        return items;
    }
}
