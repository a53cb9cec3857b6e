package org.chancery.pki.name;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;

/// A block of IPv4 or IPv6 addresses in CIDR form (RFC 4632), as name constraints permit them.
public record IpRange(InetAddress network, int prefixLength) {
    private static final Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

    /// @throws IllegalArgumentException if the prefix does not fit the address, or bits after it are set
    public IpRange {
        byte[] address = network.getAddress();
        if (prefixLength < 0 || prefixLength > 8 * address.length) {
            throw new IllegalArgumentException(
                    "prefix length %d, at most %d".formatted(prefixLength, 8 * address.length));
        }
        if (!Arrays.equals(address, masked(address, prefixLength))) {
            throw new IllegalArgumentException("address bits set after the prefix");
        }
    }

    /// Reads `10.0.0.0/8` or `fd00::/8`; a literal without a prefix is that one address.
    ///
    /// @throws MalformedNameException if it is neither, or bits after the prefix are set
    public static IpRange parse(String text) throws MalformedNameException {
        int slash = text.indexOf('/');
        InetAddress network = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        int bits = 8 * network.getAddress().length;
        String prefix = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
        if (!PREFIX_LENGTH.matcher(prefix).matches()) {
            throw new MalformedNameException(NameFailure.MALFORMED, "no prefix length after the slash");
        }
        try {
            return new IpRange(network, Integer.parseInt(prefix));
        } catch (IllegalArgumentException e) {
            throw new MalformedNameException(NameFailure.MALFORMED, "not an IP range: " + e.getMessage(), e);
        }
    }

    /// Whether the address is of this family and block.
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        byte[] base = network.getAddress();
        return octets.length == base.length && Arrays.equals(base, masked(octets, prefixLength));
    }

    /// Address and mask, 8 or 32 octets, as RFC 5280 section 4.2.1.10 encodes an iPAddress constraint.
    public byte[] addressAndMask() {
        byte[] address = network.getAddress();
        byte[] ones = new byte[address.length];
        Arrays.fill(ones, (byte) 0xff);
        byte[] both = Arrays.copyOf(address, 2 * address.length);
        System.arraycopy(masked(ones, prefixLength), 0, both, address.length, address.length);
        return both;
    }

    private static byte[] masked(byte[] address, int prefixLength) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(prefixLength - 8L * i, 0, 8);
            masked[i] &= (byte) (0xff00 >> kept);
        }
        return masked;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}
