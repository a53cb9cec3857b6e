package org.chancery.ca.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;

/// An extension in words: its name, and its value where a line holds it.
final class ExtensionText {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(Extensions.SUBJECT_KEY_IDENTIFIER, "subjectKeyIdentifier"),
            Map.entry(Extensions.KEY_USAGE, "keyUsage"),
            Map.entry(Extensions.SUBJECT_ALTERNATIVE_NAME, "subjectAlternativeName"),
            Map.entry(Extensions.BASIC_CONSTRAINTS, "basicConstraints"),
            Map.entry(Extensions.NAME_CONSTRAINTS, "nameConstraints"),
            Map.entry(Extensions.CRL_DISTRIBUTION_POINTS, "cRLDistributionPoints"),
            Map.entry(Extensions.AUTHORITY_KEY_IDENTIFIER, "authorityKeyIdentifier"),
            Map.entry(Extensions.EXTENDED_KEY_USAGE, "extendedKeyUsage"),
            Map.entry(Extensions.AUTHORITY_INFORMATION_ACCESS, "authorityInfoAccess"),
            Map.entry(Extensions.OCSP_NO_CHECK, "id-pkix-ocsp-nocheck"),
            Map.entry("2.5.29.32", "certificatePolicies"),
            Map.entry("1.3.6.1.5.5.7.1.24", "tlsfeature"));

    private static final Map<String, String> PURPOSES = Map.of(
            "1.3.6.1.5.5.7.3.1", "serverAuth",
            "1.3.6.1.5.5.7.3.2", "clientAuth",
            "1.3.6.1.5.5.7.3.3", "codeSigning",
            "1.3.6.1.5.5.7.3.4", "emailProtection",
            "1.3.6.1.5.5.7.3.8", "timeStamping",
            "1.3.6.1.5.5.7.3.9", "OCSPSigning",
            "2.5.29.37.0", "anyExtendedKeyUsage");

    private static final List<String> USAGES = List.of(
            "digitalSignature",
            "nonRepudiation",
            "keyEncipherment",
            "dataEncipherment",
            "keyAgreement",
            "keyCertSign",
            "cRLSign",
            "encipherOnly",
            "decipherOnly");

    private static final int MAX_LISTED = 16;

    private ExtensionText() {}

    static String of(Extension extension) {
        String name = NAMES.getOrDefault(extension.oid(), extension.oid());
        String value = value(extension);
        return name + (extension.critical() ? " critical" : "") + (value.isEmpty() ? "" : " " + value);
    }

    private static String value(Extension extension) {
        try {
            Tlv value = Tlv.parse(extension.der());
            return switch (extension.oid()) {
                case Extensions.KEY_USAGE -> usages(value);
                case Extensions.EXTENDED_KEY_USAGE -> purposes(value);
                case Extensions.BASIC_CONSTRAINTS -> constraints(value);
                default -> "";
            };
        } catch (UnreadableException e) {
            return "that cannot be read";
        }
    }

    private static String usages(Tlv value) throws UnreadableException {
        List<String> usages = new ArrayList<>();
        value.namedBits().stream().forEach(bit -> usages.add(bit < USAGES.size() ? USAGES.get(bit) : "bit " + bit));
        return String.join(" ", usages);
    }

    private static String purposes(Tlv value) throws UnreadableException {
        List<String> purposes = new ArrayList<>();
        for (Tlv purpose : value.as(Tlv.SEQUENCE).children()) {
            purposes.add(PURPOSES.getOrDefault(purpose.oid(), purpose.oid()));
        }
        return purposes.size() > MAX_LISTED ? purposes.size() + " purposes" : String.join(" ", purposes);
    }

    private static String constraints(Tlv value) throws UnreadableException {
        List<Tlv> parts = value.as(Tlv.SEQUENCE).children();
        boolean authority = !parts.isEmpty()
                && parts.getFirst().is(Tlv.BOOLEAN)
                && parts.getFirst().bool();
        boolean length = authority && parts.size() > 1;
        return "CA:" + (authority ? "TRUE" : "FALSE")
                + (length ? " pathLen " + parts.get(1).integer() : "");
    }
}
