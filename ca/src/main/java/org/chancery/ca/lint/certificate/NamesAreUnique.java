package org.chancery.ca.lint.certificate;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// No name twice in the subjectAlternativeName.
final class NamesAreUnique implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "BR 7.1.2.7.12";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Set<String> seen = new HashSet<>();
        for (Tlv name : certificate.alternativeNames()) {
            if (!seen.add(HexFormat.of().formatHex(name.encoded()))) {
                return Optional.of("a name twice");
            }
        }
        return Optional.empty();
    }
}
