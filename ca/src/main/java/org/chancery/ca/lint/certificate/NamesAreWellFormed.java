package org.chancery.ca.lint.certificate;

import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.MalformedNameException;

/// Names are what their kind says: canonical addresses, whole lower-case host names without wildcard, addresses of 4 or
/// 16 octets, absolute URIs.
final class NamesAreWellFormed implements Rule<ToBeSignedCertificate> {
    @Override
    public String citation() {
        return "RFC 5280 4.2.1.6";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        for (Tlv name : certificate.alternativeNames()) {
            boolean wellFormed = switch (name.tag()) {
                case 0x81 -> isAddress(name.ascii());
                case 0x82 -> isHost(name.ascii());
                case 0x86 -> name.ascii().matches("[A-Za-z][A-Za-z0-9+.-]*:[!-~]+");
                case 0x87 -> name.length() == 4 || name.length() == 16;
                default -> name.length() > 0;
            };
            if (!wellFormed) {
                return Optional.of("a name that is none: " + name);
            }
        }
        return Optional.empty();
    }

    private static boolean isAddress(String text) {
        try {
            return Address.parseCanonical(text).value().equals(text);
        } catch (MalformedNameException e) {
            return false;
        }
    }

    private static boolean isHost(String text) {
        try {
            return DomainName.parse(text).value().equals(text);
        } catch (MalformedNameException e) {
            return false;
        }
    }
}
