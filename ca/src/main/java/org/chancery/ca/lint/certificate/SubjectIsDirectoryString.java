package org.chancery.ca.lint.certificate;

import java.util.Optional;
import java.util.Set;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// Attributes of the subject are UTF8String or PrintableString, not empty; of the older string types, readers disagree.
final class SubjectIsDirectoryString implements Rule<ToBeSignedCertificate> {
    private static final Set<Integer> TYPES = Set.of(Tlv.UTF8_STRING, Tlv.PRINTABLE_STRING);

    /// domainComponent and emailAddress are IA5String by definition.
    private static final Set<String> ASCII = Set.of("0.9.2342.19200300.100.1.25", "1.2.840.113549.1.9.1");

    @Override
    public String citation() {
        return "RFC 5280 4.1.2.4";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        for (NameAttribute attribute : NameAttribute.of(certificate.subject())) {
            boolean sound = ASCII.contains(attribute.oid())
                    ? attribute.value().is(Tlv.IA5_STRING)
                    : TYPES.contains(attribute.value().tag());
            if (!sound || attribute.value().length() == 0) {
                return Optional.of("attribute " + attribute.oid() + ": " + attribute.value());
            }
        }
        return Optional.empty();
    }
}
