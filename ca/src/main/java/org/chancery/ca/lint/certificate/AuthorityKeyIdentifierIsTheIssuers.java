package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.KeyIds;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// authorityKeyIdentifier is there, unless the certificate is self-signed, and is the issuer's subjectKeyIdentifier.
final class AuthorityKeyIdentifierIsTheIssuers implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> identifier = certificate.extension(Extensions.AUTHORITY_KEY_IDENTIFIER);
        if (identifier.isEmpty()) {
            return certificate.isSelfIssued() ? Optional.empty() : Optional.of("no authorityKeyIdentifier");
        }
        return KeyIds.unfit(identifier.get(), certificate.signing().map(ToBeSignedCertificate.Signing::issuer));
    }
}
