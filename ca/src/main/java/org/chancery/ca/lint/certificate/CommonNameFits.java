package org.chancery.ca.lint.certificate;

import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// commonName has at most 64 characters, and stands there once.
final class CommonNameFits implements Rule<ToBeSignedCertificate> {
    private static final int MAX = 64;

    @Override
    public String citation() {
        return "RFC 5280 appendix A.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        List<NameAttribute> commonNames = NameAttribute.of(certificate.subject()).stream()
                .filter(attribute -> attribute.oid().equals(NameAttribute.COMMON_NAME))
                .toList();
        if (commonNames.size() > 1) {
            return Optional.of(commonNames.size() + " commonNames");
        }
        return commonNames.stream()
                .map(attribute -> attribute.value().utf8())
                .filter(name -> name.codePointCount(0, name.length()) > MAX)
                .findFirst()
                .map(name -> "commonName of " + name.codePointCount(0, name.length()) + " characters, at most " + MAX);
    }
}
