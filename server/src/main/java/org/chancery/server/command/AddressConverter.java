package org.chancery.server.command;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `127.0.0.1:65432`, `[::1]:65432`. No names: what a relay listens on should not depend on what a resolver says
/// today.
final class AddressConverter implements ITypeConverter<InetSocketAddress> {

    private static final Pattern SYNTAX = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+)):([0-9]{1,5})");

    @Override
    public InetSocketAddress convert(String text) {
        Matcher address = SYNTAX.matcher(text);
        int port = address.matches() ? Integer.parseInt(address.group(3)) : -1;
        if (port < 0 || port > 65535) {
            throw new TypeConversionException("address " + text + ", expected one like 127.0.0.1:65432");
        }
        String host = address.group(1) != null ? address.group(1) : address.group(2);
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(host), port);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(host + " is no IP address");
        }
    }
}
