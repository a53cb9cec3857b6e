package org.chancery.pki.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.constraint.NameConstraints;
import org.chancery.pki.path.policy.CertificatePolicies;
import org.jspecify.annotations.Nullable;

/// The extensions of one certificate (RFC 5280 section 4.2), each read once. One that is known must be
/// readable, also where it is not critical: a CA is not to be rid of its constraints by a typing error.
final class PathExtensions {
    /// A certificate of ours has eight.
    private static final int MAX_EXTENSIONS = 64;

    private final Map<String, Extension> all;
    private final @Nullable BasicConstraints basicConstraints;
    private final @Nullable Set<KeyUsage> keyUsage;
    private final @Nullable List<String> extendedKeyUsage;
    private final @Nullable NameConstraints nameConstraints;
    private final @Nullable KeyIdentifier authorityKeyIdentifier;
    private final @Nullable KeyIdentifier subjectKeyIdentifier;
    private final List<GeneralName> subjectAlternativeNames;
    private final CertificatePolicies policies;

    /// @param all by object identifier, in the order they are written
    PathExtensions(Map<String, Extension> all) throws MalformedDerException, MalformedNameException {
        this.all = all;
        basicConstraints = read(Extensions.BASIC_CONSTRAINTS, ExtensionSyntax::basicConstraints);
        keyUsage = read(Extensions.KEY_USAGE, ExtensionSyntax::keyUsage);
        extendedKeyUsage = read(Extensions.EXTENDED_KEY_USAGE, ExtensionSyntax::extendedKeyUsage);
        authorityKeyIdentifier = read(Extensions.AUTHORITY_KEY_IDENTIFIER, ExtensionSyntax::authorityKeyIdentifier);
        subjectKeyIdentifier = read(Extensions.SUBJECT_KEY_IDENTIFIER, ExtensionSyntax::subjectKeyIdentifier);
        policies = CertificatePolicies.parse(all);
        ExtensionSyntax.checkOthers(all);
        Extension names = all.get(Extensions.SUBJECT_ALTERNATIVE_NAME);
        subjectAlternativeNames = names == null ? List.of() : GeneralNames.parse(names.der());
        Extension constraints = all.get(Extensions.NAME_CONSTRAINTS);
        nameConstraints = constraints == null ? null : NameConstraints.parse(constraints.der());
    }

    /// Reads an extension's value, DER without the OCTET STRING around it.
    @FunctionalInterface
    interface Syntax<T> {
        T read(byte[] der) throws MalformedDerException;
    }

    private <T> @Nullable T read(String oid, Syntax<T> syntax) throws MalformedDerException {
        Extension extension = all.get(oid);
        return extension == null ? null : syntax.read(extension.der());
    }

    /// Reads what stands under the tag of the extensions: a SEQUENCE of at least one (RFC 5280 section 4.1.2.9).
    static PathExtensions parse(DerCursor value) throws MalformedDerException, MalformedNameException {
        Map<String, Extension> all = new LinkedHashMap<>();
        value.listOf(DerCursor.SEQUENCE, MAX_EXTENSIONS, elements -> {
            Extension extension = extension(elements.enter(DerCursor.SEQUENCE));
            if (all.putIfAbsent(extension.oid(), extension) != null) {
                throw new MalformedDerException("extension %s twice (RFC 5280 4.2)".formatted(extension.oid()));
            }
        });
        return new PathExtensions(all);
    }

    private static Extension extension(DerCursor parts) throws MalformedDerException {
        Extension extension = new Extension(
                parts.objectIdentifier(), parts.flag(DerCursor.BOOLEAN), parts.contents(DerCursor.OCTET_STRING));
        parts.end();
        return extension;
    }

    boolean has(String oid) {
        return all.containsKey(oid);
    }

    boolean isCritical(String oid) {
        return find(oid).map(Extension::critical).orElse(false);
    }

    /// As written, whether known here or not.
    Optional<Extension> find(String oid) {
        return Optional.ofNullable(all.get(oid));
    }

    List<String> critical() {
        List<String> critical = new ArrayList<>();
        for (Extension extension : all.values()) {
            if (extension.critical()) {
                critical.add(extension.oid());
            }
        }
        return critical;
    }

    Optional<BasicConstraints> basicConstraints() {
        return Optional.ofNullable(basicConstraints);
    }

    Optional<Set<KeyUsage>> keyUsage() {
        return Optional.ofNullable(keyUsage);
    }

    /// The purposes, as dotted object identifiers.
    Optional<List<String>> extendedKeyUsage() {
        return Optional.ofNullable(extendedKeyUsage);
    }

    /// Empty if there is no such extension: one without names is refused.
    List<GeneralName> subjectAlternativeNames() {
        return subjectAlternativeNames;
    }

    Optional<NameConstraints> nameConstraints() {
        return Optional.ofNullable(nameConstraints);
    }

    CertificatePolicies policies() {
        return policies;
    }

    Optional<KeyIdentifier> authorityKeyIdentifier() {
        return Optional.ofNullable(authorityKeyIdentifier);
    }

    Optional<KeyIdentifier> subjectKeyIdentifier() {
        return Optional.ofNullable(subjectKeyIdentifier);
    }
}
