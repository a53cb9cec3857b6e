package org.chancery.server.allowance;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Where connections come from: an IP address, but of a global IPv6 address only the 64 bits that a site is
/// given, below which it takes as many as it likes (RFC 6177). Addresses of the local network are taken whole:
/// who is there shares those bits with everybody, and shall not speak for them.
///
/// @param network the address, or with the last 64 bits zero the site's
public record Source(InetAddress network) {

    private static final int PREFIX_OCTETS = 8;

    /// RFC 4193: fc00::/7.
    private static final int UNIQUE_LOCAL = 0xfc;

    private static final int UNIQUE_LOCAL_MASK = 0xfe;

    /// The source of a connection from `address`.
    public static Source of(InetAddress address) {
        if (!isOfASite(address)) {
            return new Source(address);
        }
        byte[] octets = address.getAddress();
        Arrays.fill(octets, PREFIX_OCTETS, octets.length, (byte) 0);
        try {
            return new Source(InetAddress.getByAddress(octets));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 octets are an address", e);
        }
    }

    private static boolean isOfASite(InetAddress address) {
        return address instanceof Inet6Address
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) != UNIQUE_LOCAL;
    }

    /// As it stands in logs.
    @Override
    public String toString() {
        return network.getHostAddress() + (isOfASite(network) ? "/64" : "");
    }
}
