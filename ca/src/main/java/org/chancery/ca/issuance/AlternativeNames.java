package org.chancery.ca.issuance;

import java.util.List;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.MalformedNameException;

/// The subjectAlternativeName of a certificate to be, read back from its DER as any reader would.
final class AlternativeNames {
    private AlternativeNames() {}

    /// Empty where there is none, or none that can be read.
    static List<GeneralName> of(TbsCertificate certificate) {
        try {
            var extension = certificate.extension(Extensions.SUBJECT_ALTERNATIVE_NAME);
            return extension.isPresent() ? GeneralNames.parse(extension.get().der()) : List.of();
        } catch (MalformedNameException unreadable) {
            return List.of();
        }
    }
}
