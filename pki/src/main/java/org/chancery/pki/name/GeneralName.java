package org.chancery.pki.name;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/// One GeneralName of RFC 5280 section 4.2.1.6, as found: not yet judged to be an [Address] or a [DomainName].
public sealed interface GeneralName {
    /// rfc822Name `[1]`, printable ASCII.
    record Rfc822(String mailbox) implements GeneralName {
        /// The name that carries an address.
        public static Rfc822 of(Address address) {
            return new Rfc822(address.value());
        }

        @Override
        public String toString() {
            return "email:" + mailbox;
        }
    }

    /// dNSName `[2]`, printable ASCII.
    record Dns(String host) implements GeneralName {
        @Override
        public String toString() {
            return "dns:" + host;
        }
    }

    /// iPAddress `[7]`.
    record Ip(InetAddress address) implements GeneralName {
        @Override
        public String toString() {
            return "ip:" + address.getHostAddress();
        }
    }

    /// uniformResourceIdentifier `[6]`, printable ASCII.
    record Uri(String uri) implements GeneralName {
        @Override
        public String toString() {
            return "uri:" + uri;
        }
    }

    /// directoryName `[4]`.
    record Directory(X500Principal name) implements GeneralName {
        @Override
        public String toString() {
            return "directory:" + name.getName();
        }
    }

    /// Any other kind: its context tag and the DER of the whole tagged value, kept so that it can be seen and
    /// refused.
    @SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
    record Other(int tag, byte[] der) implements GeneralName {
        public Other {
            der = der.clone();
        }

        @Override
        public byte[] der() {
            return der.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Other that && tag == that.tag && Arrays.equals(der, that.der);
        }

        @Override
        public int hashCode() {
            return 31 * tag + Arrays.hashCode(der);
        }

        @Override
        public String toString() {
            return "other[" + tag + "]:" + HexFormat.of().formatHex(der);
        }
    }
}
