package org.chancery.ca.lint.certificate;

import java.net.URI;
import java.net.URISyntaxException;
import org.chancery.ca.der.Tlv;

/// Addresses that certificates point to.
final class Uris {
    private static final int URI_TAG = 0x86;

    private Uris() {}

    /// Whether a GeneralName is an address that anybody can ask before there is any trust: `http`, with a host.
    static boolean isHttp(Tlv generalName) {
        if (!generalName.is(URI_TAG)) {
            return false;
        }
        try {
            URI uri = new URI(generalName.ascii());
            return "http".equals(uri.getScheme()) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
