package org.chancery.ca.lint.crl;

import java.util.Optional;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.KeyIds;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// authorityKeyIdentifier is there and is the issuer's subjectKeyIdentifier.
final class CrlAuthorityKeyIdentifierIsTheIssuers implements Rule<ToBeSignedCrl> {
    @Override
    public String citation() {
        return "RFC 5280 5.2.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedCrl crl) throws UnreadableException {
        Optional<ReadExtension> identifier = crl.extension(Extensions.AUTHORITY_KEY_IDENTIFIER);
        return identifier.isPresent()
                ? KeyIds.unfit(identifier.get(), crl.signing().map(ToBeSignedCrl.Signing::issuer))
                : Optional.of("no authorityKeyIdentifier");
    }
}
