package org.chancery.ca.profile;

import java.util.List;
import java.util.Optional;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.request.CertificateRequest;

/// The name of what serves the authority itself, an OCSP signer: a commonName, and no other name that anybody could
/// be taken for.
final class ServantNames {
    private ServantNames() {}

    static Names decide(CertificateRequest request, Wishes wishes, String commonName) throws Refusal {
        if (wishes.address().isPresent()
                || !wishes.hosts().isEmpty()
                || !wishes.ips().isEmpty()) {
            throw new Refusal(
                    RefusalReason.NAME_TYPE, "--address, --dns and --ip with a certificate without such names");
        }
        String name = wishes.displayName().orElse(commonName);
        try {
            return new Names(
                    DistinguishedName.of(name),
                    List.of(),
                    Optional.empty(),
                    name,
                    request.requestedNames().stream()
                            .map(requested -> Item.dropped(
                                    "name", requested.toString(), "the profile has no subjectAlternativeName"))
                            .toList());
        } catch (MalformedNameException e) {
            throw new Refusal(RefusalReason.DISPLAY_NAME, e.getMessage());
        }
    }
}
