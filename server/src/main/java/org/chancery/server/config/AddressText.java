package org.chancery.server.config;

import java.net.InetSocketAddress;

/// An address as it is written: `127.0.0.1:65432`, `[::1]:65432`.
public final class AddressText {

    private AddressText() {}

    public static String of(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
