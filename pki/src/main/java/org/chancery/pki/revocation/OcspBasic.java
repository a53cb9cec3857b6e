package org.chancery.pki.revocation;

import java.security.cert.X509Certificate;
import java.util.List;
import org.chancery.pki.signature.SignedStructure;

/// A BasicOCSPResponse: what was signed, by whom it says, and the certificates sent along.
record OcspBasic(
        SignedStructure signed, OcspResponderId responder, OcspAnswer answer, List<X509Certificate> certificates) {
    OcspBasic {
        certificates = List.copyOf(certificates);
    }
}
