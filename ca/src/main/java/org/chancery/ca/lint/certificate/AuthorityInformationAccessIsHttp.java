package org.chancery.ca.lint.certificate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// authorityInformationAccess names http addresses, for the issuer's certificate or for OCSP.
final class AuthorityInformationAccessIsHttp implements Rule<ToBeSignedCertificate> {
    private static final Set<String> METHODS = Set.of("1.3.6.1.5.5.7.48.1", "1.3.6.1.5.5.7.48.2");

    @Override
    public String citation() {
        return "RFC 5280 4.2.2.1, BR 7.1.2.7.7";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> access = certificate.extension(Extensions.AUTHORITY_INFORMATION_ACCESS);
        if (access.isEmpty()) {
            return Optional.empty();
        }
        List<Tlv> descriptions = access.get().tlv().as(Tlv.SEQUENCE).children();
        for (Tlv description : descriptions) {
            List<Tlv> parts = description.as(Tlv.SEQUENCE).children();
            if (parts.size() != 2 || !METHODS.contains(parts.getFirst().oid()) || !Uris.isHttp(parts.getLast())) {
                return Optional.of("an access description that is no http address of OCSP or of a CA's certificate");
            }
        }
        return descriptions.isEmpty() ? Optional.of("no access description") : Optional.empty();
    }
}
