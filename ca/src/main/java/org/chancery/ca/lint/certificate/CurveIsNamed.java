package org.chancery.ca.lint.certificate;

import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;

/// An EC key names its curve: parameters spelled out can be those of a curve made for the purpose (CVE-2020-0601).
final class CurveIsNamed implements Rule<ToBeSignedCertificate> {
    private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";

    @Override
    public String citation() {
        return "RFC 5480 2.1.1";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        if (!certificate.keyAlgorithm().equals(EC_PUBLIC_KEY)) {
            return Optional.empty();
        }
        List<Tlv> algorithm = certificate.publicKey().children().getFirst().children();
        return algorithm.size() == 2 && algorithm.getLast().is(Tlv.OID)
                ? Optional.empty()
                : Optional.of("an EC key without a named curve");
    }
}
