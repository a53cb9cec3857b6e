package org.chancery.ca.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.request.CertificateRequest;

/// Everything a request asks for, and what became of it: the names as decided, the rest dropped.
final class RequestedItems {
    /// What the profile writes itself, whatever is asked; asking for it is no mistake.
    private static final Set<String> WRITTEN = Set.of(
            Extensions.BASIC_CONSTRAINTS,
            Extensions.KEY_USAGE,
            Extensions.EXTENDED_KEY_USAGE,
            Extensions.SUBJECT_KEY_IDENTIFIER);

    private RequestedItems() {}

    static List<Item> of(CertificateRequest request, Names names) {
        List<Item> items = new ArrayList<>(names.requested());
        if (!request.subject().isEmpty()) {
            String subject = request.subject().toString();
            items.add(
                    request.subject().equals(names.subject())
                            ? Item.granted("subject", subject)
                            : Item.dropped("subject", subject, "the profile writes the subject"));
        }
        for (String oid : request.requestedExtensionOids()) {
            if (!oid.equals(Extensions.SUBJECT_ALTERNATIVE_NAME)) {
                String why = WRITTEN.contains(oid) ? "the profile writes this extension" : "not in this profile";
                items.add(Item.dropped("extension", oid, why));
            }
        }
        return items;
    }
}
