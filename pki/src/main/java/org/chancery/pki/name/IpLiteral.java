package org.chancery.pki.name;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// IP addresses from text and from octets, without a resolver ever being asked.
public final class IpLiteral {
    /// All four parts: the JDK would also take `10.1` for 10.0.0.1.
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /// No zone: an interface's name means nothing on another machine.
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private IpLiteral() {}

    /// Reads `10.1.2.3` or `fd00::1`.
    ///
    /// @throws MalformedNameException if it is neither, or an IPv4 address dressed as IPv6
    public static InetAddress parse(String text) throws MalformedNameException {
        try {
            if (IPV4.matcher(text).matches()) {
                return Inet4Address.ofLiteral(text);
            }
            if (text.indexOf(':') >= 0
                    && IPV6.matcher(text).matches()
                    && Inet6Address.ofLiteral(text) instanceof Inet6Address address) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedNameException(NameFailure.MALFORMED, "not an IP address", e);
        }
        throw new MalformedNameException(NameFailure.MALFORMED, "not an IPv4 or IPv6 address");
    }

    /// Reads an iPAddress of a general name, 4 or 16 octets.
    ///
    /// An IPv4-mapped IPv6 address is refused: Java turns it into the IPv4 address, and two encodings of one name
    /// are one too many.
    static InetAddress ofOctets(byte[] octets) throws MalformedNameException {
        try {
            InetAddress address = InetAddress.getByAddress(octets);
            if (address.getAddress().length == octets.length) {
                return address;
            }
        } catch (UnknownHostException e) {
            throw new MalformedNameException(
                    NameFailure.MALFORMED, "iPAddress of %d octets, 4 or 16 expected".formatted(octets.length), e);
        }
        throw new MalformedNameException(NameFailure.NOT_CANONICAL, "iPAddress is IPv4 mapped into IPv6");
    }
}
