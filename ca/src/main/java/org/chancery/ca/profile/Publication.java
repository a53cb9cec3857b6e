package org.chancery.ca.profile;

import java.net.URI;

/// Where an authority's files are served, as certificates name it: below one base address, in DER.
///
/// @param base without a final slash
public record Publication(String base) {
    public static Publication of(URI url) {
        return new Publication(url.toString().replaceFirst("/+$", ""));
    }

    public String rootCrl() {
        return base + "/crl/root.crl";
    }

    public String issuingCrl() {
        return base + "/crl/issuing.crl";
    }

    public String rootCertificate() {
        return base + "/ca/root.cer";
    }

    public String issuingCertificate() {
        return base + "/ca/issuing.cer";
    }
}
