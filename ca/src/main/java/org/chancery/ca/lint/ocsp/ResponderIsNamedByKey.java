package org.chancery.ca.lint.ocsp;

import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// responderID is byKey: the SHA-1 of the signer's key.
final class ResponderIsNamedByKey implements Rule<ToBeSignedResponse> {
    private static final int BY_KEY = 0xa2;
    private static final int LENGTH = 20;

    @Override
    public String citation() {
        return "RFC 9919 2.2.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) throws UnreadableException {
        if (!response.responderId().is(BY_KEY)) {
            return Optional.of("responderID that is not byKey");
        }
        int length = response.responderId().inner().as(Tlv.OCTET_STRING).length();
        return length == LENGTH
                ? Optional.empty()
                : Optional.of("byKey of " + length + " octets, " + LENGTH + " required");
    }
}
