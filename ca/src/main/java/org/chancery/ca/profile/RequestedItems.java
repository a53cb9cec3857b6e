package org.chancery.ca.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.request.CertificateRequest;

/// Everything a request asks for, and what became of it; then what the profile writes that nobody asked for.
final class RequestedItems {
    private RequestedItems() {}

    static List<Item> of(CertificateRequest request, Names names, TbsCertificate certificate) {
        List<Item> items = new ArrayList<>(names.requested());
        if (!request.subject().isEmpty()) {
            String subject = request.subject().toString();
            items.add(
                    request.subject().equals(names.subject())
                            ? Item.granted("subject", subject)
                            : Item.dropped("subject", subject, "the profile writes the subject"));
        }
        for (Extension requested : request.requestedExtensions()) {
            if (!requested.oid().equals(Extensions.SUBJECT_ALTERNATIVE_NAME)) {
                items.add(extension(requested, certificate.extension(requested.oid())));
            }
        }
        for (Extension written : certificate.extensions()) {
            if (!request.requestedExtensionOids().contains(written.oid())) {
                items.add(Item.added("extension", ExtensionText.of(written)));
            }
        }
        return items;
    }

    private static Item extension(Extension requested, Optional<Extension> written) {
        String text = ExtensionText.of(requested);
        if (written.isEmpty()) {
            return Item.dropped("extension", text, "not in this profile");
        }
        return written.get().equals(requested)
                ? Item.granted("extension", text)
                : Item.dropped("extension", text, "the profile writes " + ExtensionText.of(written.get()));
    }
}
