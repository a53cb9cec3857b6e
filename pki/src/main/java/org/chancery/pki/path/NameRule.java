package org.chancery.pki.path;

import java.net.InetAddress;
import java.util.List;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// The target is for whom the request expects. Only the subjectAltName is read; a subject names nobody here
/// (RFC 9525 section 2).
final class NameRule implements TargetRule {
    private static final String WILDCARD = "*.";

    @Override
    public void check(PathCertificate target, ValidationRequest request) throws PathValidationException {
        List<GeneralName> names = target.extensions().subjectAlternativeNames();
        if (request.email().isPresent()) {
            checkEmail(target, request.email().get());
        }
        if (request.host().isPresent()) {
            checkHost(names, request.host().get());
        }
        if (request.ip().isPresent()) {
            checkIp(names, request.ip().get());
        }
    }

    private static void checkEmail(PathCertificate target, Address expected) throws PathValidationException {
        Address found;
        try {
            found = Address.of(target.certificate());
        } catch (MalformedNameException e) {
            throw mismatch(expected + " expected: " + e.getMessage());
        }
        if (!found.equals(expected)) {
            throw mismatch(expected + " expected, found " + found);
        }
    }

    private static void checkHost(List<GeneralName> names, String expected) throws PathValidationException {
        DomainName host;
        try {
            host = DomainName.parse(expected);
        } catch (MalformedNameException e) {
            throw mismatch("the expected host is not a domain name of ASCII labels");
        }
        for (GeneralName name : names) {
            if (name instanceof GeneralName.Dns(String presented) && matches(presented, host)) {
                return;
            }
        }
        throw mismatch("host " + host + " expected, found " + names);
    }

    /// RFC 9525 section 6.3: labels are compared without regard to case; a wildcard is the whole left-most
    /// label and stands for exactly one. What follows it has at least two labels, so that nobody is for a
    /// whole `*.example`.
    private static boolean matches(String presented, DomainName host) {
        if (!presented.startsWith(WILDCARD)) {
            return presented.equalsIgnoreCase(host.value());
        }
        String parent = presented.substring(WILDCARD.length());
        int firstDot = host.value().indexOf('.');
        return parent.indexOf('.') > 0
                && firstDot > 0
                && host.value().substring(firstDot + 1).equalsIgnoreCase(parent);
    }

    private static void checkIp(List<GeneralName> names, InetAddress expected) throws PathValidationException {
        for (GeneralName name : names) {
            if (name instanceof GeneralName.Ip(InetAddress presented) && presented.equals(expected)) {
                return;
            }
        }
        throw mismatch("address " + expected.getHostAddress() + " expected, found " + names);
    }

    private static PathValidationException mismatch(String message) {
        return new PathValidationException(PathFailure.NAME_MISMATCH, 0, message);
    }
}
