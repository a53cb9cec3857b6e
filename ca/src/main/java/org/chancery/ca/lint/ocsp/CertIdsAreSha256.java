package org.chancery.ca.lint.ocsp;

import java.util.Optional;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Severity;

/// CertIDs are by SHA-256. An answer repeats what was asked, and older clients ask by SHA-1.
final class CertIdsAreSha256 implements Rule<ToBeSignedResponse> {
    private static final String SHA_256 = "2.16.840.1.101.3.4.2.1";

    @Override
    public String citation() {
        return "RFC 9919 2.1.1";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) throws UnreadableException {
        for (ToBeSignedResponse.Single single : response.responses()) {
            Parts algorithm = new Parts(
                    new Parts(single.certId().children()).next(Tlv.SEQUENCE).children());
            String oid = algorithm.next().oid();
            if (!oid.equals(SHA_256)) {
                return Optional.of("CertID by " + oid);
            }
        }
        return Optional.empty();
    }
}
