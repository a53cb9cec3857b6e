package org.chancery.ca.profile;

import java.net.URI;

/// Where an authority's files are served, as certificates name it: below one base address, in DER. A CA's own
/// name stands in the address, so that what older certificates point to stays theirs when a new CA begins.
///
/// @param base without a final slash
/// @param root the file name of the root that certified the issuing CA: `root`, `root-2`
/// @param issuing that of the issuing CA: `issuing`, `issuing-2`
public record Publication(String base, String root, String issuing) {
    public static Publication of(URI url, String root, String issuing) {
        return new Publication(url.toString().replaceFirst("/+$", ""), root, issuing);
    }

    public String rootCrl() {
        return base + "/crl/" + root + ".crl";
    }

    public String issuingCrl() {
        return base + "/crl/" + issuing + ".crl";
    }

    public String rootCertificate() {
        return base + "/ca/" + root + ".cer";
    }

    public String issuingCertificate() {
        return base + "/ca/" + issuing + ".cer";
    }
}
