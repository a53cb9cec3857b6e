package org.chancery.pki.path;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.MalformedNameException;
import org.jspecify.annotations.Nullable;

/// The syntax of each extension of RFC 5280 section 4.2, in DER and nothing laxer: no default value written
/// out, no empty list where the standard wants one element, no bit beyond those that have a name.
final class ExtensionSyntax {
    static final String SUBJECT_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.11";
    static final String ISSUER_ALTERNATIVE_NAME = "2.5.29.18";
    static final String FRESHEST_CRL = "2.5.29.46";
    static final String SUBJECT_DIRECTORY_ATTRIBUTES = "2.5.29.9";
    static final String OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    static final String NO_REVOCATION_AVAILABLE = "2.5.29.56";

    /// Extended key usages, access descriptions, distribution points: a handful each in practice.
    private static final int MAX_ELEMENTS = 256;

    /// Of path lengths and serial numbers: far longer than any that means something, and no work to read.
    private static final int MAX_NUMBER_OCTETS = 1024;

    private ExtensionSyntax() {}

    /// ```
    /// SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }
    /// ```
    static BasicConstraints basicConstraints(byte[] der) throws MalformedDerException {
        return read("basicConstraints", der, value -> {
            DerCursor parts = value.enter(DerCursor.SEQUENCE);
            boolean isAuthority = parts.flag(DerCursor.BOOLEAN);
            BigInteger pathLength = parts.atEnd() ? null : parts.integer(MAX_NUMBER_OCTETS);
            if (pathLength != null && pathLength.signum() < 0) {
                throw new MalformedDerException("a negative number");
            }
            parts.end();
            return new BasicConstraints(isAuthority, pathLength);
        });
    }

    /// At least one bit, none beyond decipherOnly.
    static Set<KeyUsage> keyUsage(byte[] der) throws MalformedDerException {
        return read("keyUsage", der, value -> {
            BitSet bits = value.namedBitSet(DerCursor.BIT_STRING);
            if (bits.isEmpty() || bits.length() > KeyUsage.values().length) {
                throw new MalformedDerException("%d bits, 1 to %d".formatted(bits.length(), KeyUsage.values().length));
            }
            Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
            for (KeyUsage usage : KeyUsage.values()) {
                if (bits.get(usage.bit())) {
                    usages.add(usage);
                }
            }
            return Set.copyOf(usages);
        });
    }

    /// SEQUENCE SIZE (1..MAX) OF OBJECT IDENTIFIER
    static List<String> extendedKeyUsage(byte[] der) throws MalformedDerException {
        return read("extKeyUsage", der, value -> {
            List<String> purposes = new ArrayList<>();
            value.<RuntimeException>listOf(
                    DerCursor.SEQUENCE, MAX_ELEMENTS, purpose -> purposes.add(purpose.objectIdentifier()));
            return List.copyOf(purposes);
        });
    }

    static KeyIdentifier subjectKeyIdentifier(byte[] der) throws MalformedDerException {
        return read("subjectKeyIdentifier", der, value -> {
            byte[] octets = value.contents(DerCursor.OCTET_STRING);
            if (octets.length == 0) {
                throw new MalformedDerException("empty");
            }
            return new KeyIdentifier(octets, null, null);
        });
    }

    /// ```
    /// SEQUENCE { [0] keyIdentifier OPTIONAL,
    ///            [1] authorityCertIssuer OPTIONAL,
    ///            [2] authorityCertSerialNumber OPTIONAL }
    /// ```
    /// where issuer and serial number are both there or both not (RFC 5280 section 4.2.1.1).
    static KeyIdentifier authorityKeyIdentifier(byte[] der) throws MalformedDerException {
        return read("authorityKeyIdentifier", der, value -> {
            DerCursor parts = value.enter(DerCursor.SEQUENCE);
            byte[] octets = parts.isNext(DerCursor.primitive(0)) ? parts.contents(DerCursor.primitive(0)) : null;
            byte[] issuer = parts.isNext(DerCursor.constructed(1)) ? parts.valueAs(DerCursor.SEQUENCE) : null;
            BigInteger serial = parts.isNext(DerCursor.primitive(2))
                    ? parts.integer(DerCursor.primitive(2), MAX_NUMBER_OCTETS)
                    : null;
            parts.end();
            if ((issuer == null) != (serial == null)) {
                throw new MalformedDerException("issuer without serial number, or the other way round");
            }
            return new KeyIdentifier(octets, issuer == null ? null : directoryName(issuer), serial);
        });
    }

    private static @Nullable CanonicalName directoryName(byte[] generalNames) throws MalformedDerException {
        Der.readStrictly(generalNames, primitive -> primitive);
        try {
            for (GeneralName name : GeneralNames.parse(generalNames)) {
                if (name instanceof GeneralName.Directory(var principal)) {
                    return CanonicalName.of(principal);
                }
            }
            return null;
        } catch (MalformedNameException e) {
            throw new MalformedDerException(e.getMessage(), e);
        }
    }

    /// Those whose content is judged elsewhere or by nobody, which must be what they say they are all the
    /// same.
    static void checkOthers(Map<String, Extension> all) throws MalformedDerException, MalformedNameException {
        for (Extension extension : all.values()) {
            byte[] der = extension.der();
            switch (extension.oid()) {
                case Extensions.AUTHORITY_INFORMATION_ACCESS, SUBJECT_INFORMATION_ACCESS ->
                    check("an information access", der, ExtensionSyntax::checkAccess);
                case Extensions.CRL_DISTRIBUTION_POINTS, FRESHEST_CRL ->
                    check("distribution points", der, ExtensionSyntax::checkDistributionPoint);
                case ISSUER_ALTERNATIVE_NAME -> GeneralNames.parse(der);
                case SUBJECT_DIRECTORY_ATTRIBUTES -> check("subjectDirectoryAttributes", der, DerCursor::value);
                case OCSP_NO_CHECK, NO_REVOCATION_AVAILABLE -> read(extension.oid(), der, ExtensionSyntax::nothing);
                default -> {}
            }
        }
    }

    /// SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
    private static void checkAccess(DerCursor element) throws MalformedDerException {
        DerCursor description = element.enter(DerCursor.SEQUENCE);
        description.objectIdentifier();
        try {
            GeneralNames.parse(Der.sequence(description.value()));
        } catch (MalformedNameException e) {
            throw new MalformedDerException(e.getMessage(), e);
        }
        description.end();
    }

    /// SEQUENCE { [0] distributionPoint OPTIONAL, [1] reasons OPTIONAL, [2] cRLIssuer OPTIONAL }. What is in
    /// them is read where revocation is asked for.
    private static void checkDistributionPoint(DerCursor element) throws MalformedDerException {
        DerCursor point = element.enter(DerCursor.SEQUENCE);
        for (int tag = 0; tag <= 2; tag++) {
            if (point.isNext(DerCursor.constructed(tag)) || point.isNext(DerCursor.primitive(tag))) {
                point.value();
            }
        }
        point.end();
    }

    private static DerCursor nothing(DerCursor value) throws MalformedDerException {
        value.enter(DerCursor.NULL).end();
        return value;
    }

    /// A list of which something is passed over: that must be DER too.
    private static void check(String name, byte[] der, DerCursor.Element<RuntimeException> element)
            throws MalformedDerException {
        read(name, der, value -> {
            Der.readStrictly(der, primitive -> primitive);
            value.listOf(DerCursor.SEQUENCE, MAX_ELEMENTS, element);
            return value;
        });
    }

    /// Reads an extension's value.
    @FunctionalInterface
    private interface Syntax<T> {
        T read(DerCursor value) throws MalformedDerException;
    }

    private static <T> T read(String name, byte[] der, Syntax<T> syntax) throws MalformedDerException {
        try {
            DerCursor value = DerCursor.of(der);
            T read = syntax.read(value);
            value.end();
            return read;
        } catch (MalformedDerException e) {
            throw new MalformedDerException(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
