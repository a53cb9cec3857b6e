package org.chancery.client.connection;

/// Where the relay listens: a host name or an IP address, and a port.
public record RelayAddress(String host, int port) {
    private static final int MAX_HOST_LENGTH = 253; // RFC 1035, in text form

    public RelayAddress {
        if (host.isBlank() || host.length() > MAX_HOST_LENGTH) {
            throw new IllegalArgumentException("a host of " + host.length() + " characters, 1 to " + MAX_HOST_LENGTH);
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + ", 1 to 65535");
        }
    }

    /// Reads `host:port`, or `[2001:db8::1]:port`.
    ///
    /// @throws IllegalArgumentException where it is neither
    public static RelayAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "': write an IPv6 address in brackets, [::1]:65432");
        }
        try {
            return new RelayAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT", e);
        }
    }

    /// `host:port`, the host in brackets where it holds a colon.
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
