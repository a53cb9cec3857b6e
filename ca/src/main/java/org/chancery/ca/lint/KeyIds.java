package org.chancery.ca.lint;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.pki.certificate.Certificates;

/// The keyIdentifier of an authorityKeyIdentifier (RFC 5280 section 4.2.1.1).
public final class KeyIds {
    private KeyIds() {}

    /// What is wrong with an authorityKeyIdentifier; empty if it has a keyIdentifier, that of the issuer where it is
    /// known.
    public static Optional<String> unfit(ReadExtension authorityKeyIdentifier, Optional<X509Certificate> issuer)
            throws UnreadableException {
        byte[] found = null;
        for (Tlv part : authorityKeyIdentifier.tlv().as(Tlv.SEQUENCE).children()) {
            if (part.isContext(0)) {
                found = part.contents();
            }
        }
        if (found == null || found.length == 0) {
            return Optional.of("authorityKeyIdentifier without keyIdentifier");
        }
        return issuer.isEmpty() || Arrays.equals(found, Certificates.subjectKeyIdentifier(issuer.get()))
                ? Optional.empty()
                : Optional.of("keyIdentifier is not the issuer's subjectKeyIdentifier");
    }
}
