package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// cRLDistributionPoints name addresses that anybody can ask, not by TLS, whose certificates would have to be checked.
final class CrlDistributionPointIsHttp implements Rule<ToBeSignedCertificate> {
    private static final int DISTRIBUTION_POINT = 0xa0;
    private static final int FULL_NAME = 0xa0;

    @Override
    public String citation() {
        return "RFC 5280 4.2.1.13, BR 7.1.2.11.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> points = certificate.extension(Extensions.CRL_DISTRIBUTION_POINTS);
        if (points.isEmpty()) {
            return Optional.empty();
        }
        int names = 0;
        for (Tlv point : points.get().tlv().as(Tlv.SEQUENCE).children()) {
            for (Tlv name : new Parts(new Parts(point.as(Tlv.SEQUENCE).children())
                            .next(DISTRIBUTION_POINT)
                            .children())
                    .next(FULL_NAME)
                    .children()) {
                if (!Uris.isHttp(name)) {
                    return Optional.of("a distribution point that is no http address");
                }
                names++;
            }
        }
        return names == 0 ? Optional.of("no distribution point") : Optional.empty();
    }
}
