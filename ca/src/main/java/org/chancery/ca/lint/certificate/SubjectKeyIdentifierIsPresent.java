package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// subjectKeyIdentifier is there: envelopes name their addressees by it. RFC 7093 makes it of 20 octets.
final class SubjectKeyIdentifierIsPresent implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> identifier = certificate.extension(Extensions.SUBJECT_KEY_IDENTIFIER);
        if (identifier.isEmpty()) {
            return Optional.of("no subjectKeyIdentifier");
        }
        return identifier.get().tlv().as(Tlv.OCTET_STRING).length() == 0
                ? Optional.of("subjectKeyIdentifier without octets")
                : Optional.empty();
    }
}
