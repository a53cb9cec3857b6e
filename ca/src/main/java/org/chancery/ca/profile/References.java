package org.chancery.ca.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;

/// Whether certificates say where more is found, at an authority that has an address.
///
/// @param crl crlDistributionPoints
/// @param issuer authorityInformationAccess
record References(boolean crl, boolean issuer) {
    List<Extension> ofLeaf(Optional<Publication> publication) {
        return publication
                .map(where -> of(where.issuingCrl(), where.issuingCertificate()))
                .orElse(List.of());
    }

    List<Extension> ofIssuing(Optional<Publication> publication) {
        return publication
                .map(where -> of(where.rootCrl(), where.rootCertificate()))
                .orElse(List.of());
    }

    private List<Extension> of(String crlUrl, String issuerUrl) {
        List<Extension> extensions = new ArrayList<>();
        if (crl) {
            extensions.add(Extensions.crlDistributionPoints(crlUrl));
        }
        if (issuer) {
            extensions.add(Extensions.authorityInformationAccess(issuerUrl));
        }
        return extensions;
    }
}
