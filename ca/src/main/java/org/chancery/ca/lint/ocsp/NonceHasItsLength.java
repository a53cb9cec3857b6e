package org.chancery.ca.lint.ocsp;

import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;

/// The nonce, where there is one, is an OCTET STRING of 1 to 128 octets, not critical.
final class NonceHasItsLength implements Rule<ToBeSignedResponse> {
    private static final String NONCE = "1.3.6.1.5.5.7.48.1.2";
    private static final int MAX = 128;

    @Override
    public String citation() {
        return "RFC 9654 2.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) throws UnreadableException {
        Optional<ReadExtension> nonce = ReadExtension.find(response.extensions(), NONCE);
        if (nonce.isEmpty()) {
            return Optional.empty();
        }
        int length = nonce.get().tlv().as(Tlv.OCTET_STRING).length();
        return length < 1 || length > MAX || nonce.get().critical()
                ? Optional.of("nonce of " + length + " octets, critical "
                        + nonce.get().critical())
                : Optional.empty();
    }
}
