package org.chancery.pki.path.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.jspecify.annotations.Nullable;

/// What one certificate says of policies in its four extensions. Qualifiers are for people to read; here it is
/// only seen whether there is one that RFC 5280 does not know.
public final class CertificatePolicies {
    public static final String CERTIFICATE_POLICIES = "2.5.29.32";
    public static final String POLICY_MAPPINGS = "2.5.29.33";
    public static final String POLICY_CONSTRAINTS = "2.5.29.36";
    public static final String INHIBIT_ANY_POLICY = "2.5.29.54";

    /// The policy that stands for every policy.
    public static final String ANY_POLICY = CERTIFICATE_POLICIES + ".0";

    /// Policies, and mappings, of one certificate; a handful in practice.
    private static final int MAX_ELEMENTS = 1000;

    /// A pointer to a statement of practices, and a notice to the user (RFC 5280 section 4.2.1.4).
    private static final Set<String> KNOWN_QUALIFIERS = Set.of("1.3.6.1.5.5.7.2.1", "1.3.6.1.5.5.7.2.2");

    /// Of a number of certificates; what is larger than any path is as good as the greatest.
    private static final int MAX_SKIP_OCTETS = 1024;

    private final @Nullable Set<String> policies;
    private final boolean unknownQualifier;
    private final Map<String, Set<String>> mappings;
    private final OptionalInt requireExplicitPolicy;
    private final OptionalInt inhibitPolicyMapping;
    private final OptionalInt inhibitAnyPolicy;

    private CertificatePolicies(Map<String, Extension> extensions) throws MalformedDerException {
        Map<String, List<String>> qualifiers =
                read(extensions.get(CERTIFICATE_POLICIES), CertificatePolicies::policies, null);
        policies = qualifiers == null ? null : Set.copyOf(qualifiers.keySet());
        unknownQualifier = qualifiers != null
                && qualifiers.values().stream().anyMatch(known -> !KNOWN_QUALIFIERS.containsAll(known));
        mappings = read(extensions.get(POLICY_MAPPINGS), CertificatePolicies::mappings, Map.of());
        Constraints constraints = read(
                extensions.get(POLICY_CONSTRAINTS),
                CertificatePolicies::constraints,
                new Constraints(OptionalInt.empty(), OptionalInt.empty()));
        requireExplicitPolicy = constraints.requireExplicitPolicy;
        inhibitPolicyMapping = constraints.inhibitPolicyMapping;
        inhibitAnyPolicy = read(
                extensions.get(INHIBIT_ANY_POLICY),
                value -> OptionalInt.of(skip(value, DerCursor.INTEGER)),
                OptionalInt.empty());
    }

    /// Reads them from the extensions of a certificate by object identifier.
    ///
    /// @throws MalformedDerException if one breaks its syntax, or a rule of RFC 5280 about what it may say
    public static CertificatePolicies parse(Map<String, Extension> extensions) throws MalformedDerException {
        return new CertificatePolicies(extensions);
    }

    /// The policies it was issued under; empty where it has no certificatePolicies.
    public Optional<Set<String>> policies() {
        return Optional.ofNullable(policies);
    }

    /// Whether a policy has a qualifier that this program cannot interpret. Where certificatePolicies are
    /// critical, that refuses the certificate (RFC 5280 section 4.2.1.4).
    public boolean hasUnknownQualifier() {
        return unknownQualifier;
    }

    /// For each policy of its issuer's domain, those of its own that count as equivalent.
    public Map<String, Set<String>> mappings() {
        return mappings;
    }

    /// Whether anyPolicy is mapped, or mapped to, which it must not be (RFC 5280 section 6.1.4 (a)).
    boolean mapsAnyPolicy() {
        return mappings.containsKey(ANY_POLICY)
                || mappings.values().stream().anyMatch(equivalents -> equivalents.contains(ANY_POLICY));
    }

    /// How many more certificates may do without an acceptable policy.
    public OptionalInt requireExplicitPolicy() {
        return requireExplicitPolicy;
    }

    /// How many more certificates may map policies.
    public OptionalInt inhibitPolicyMapping() {
        return inhibitPolicyMapping;
    }

    /// How many more certificates may mean anything by anyPolicy.
    public OptionalInt inhibitAnyPolicy() {
        return inhibitAnyPolicy;
    }

    /// SEQUENCE OF SEQUENCE { policyIdentifier, policyQualifiers OPTIONAL }, none twice (RFC 5280 section
    /// 4.2.1.4)
    ///
    /// @return the identifiers of each policy's qualifiers
    private static Map<String, List<String>> policies(DerCursor value) throws MalformedDerException {
        Map<String, List<String>> policies = new LinkedHashMap<>();
        forEach(value, information -> {
            String policy = information.objectIdentifier();
            List<String> qualifiers = information.atEnd() ? List.of() : qualifiers(information);
            if (policies.putIfAbsent(policy, qualifiers) != null) {
                throw new MalformedDerException("a policy twice (RFC 5280 4.2.1.4)");
            }
        });
        return policies;
    }

    /// SEQUENCE OF SEQUENCE { policyQualifierId, qualifier }
    private static List<String> qualifiers(DerCursor value) throws MalformedDerException {
        List<String> qualifiers = new ArrayList<>();
        forEach(value, qualifier -> {
            qualifiers.add(qualifier.objectIdentifier());
            qualifier.value();
        });
        return qualifiers;
    }

    /// SEQUENCE OF SEQUENCE { issuerDomainPolicy, subjectDomainPolicy }
    private static Map<String, Set<String>> mappings(DerCursor value) throws MalformedDerException {
        Map<String, Set<String>> mappings = new LinkedHashMap<>();
        forEach(
                value,
                mapping -> mappings.computeIfAbsent(mapping.objectIdentifier(), _ -> new LinkedHashSet<>())
                        .add(mapping.objectIdentifier()));
        return mappings;
    }

    private record Constraints(OptionalInt requireExplicitPolicy, OptionalInt inhibitPolicyMapping) {}

    /// SEQUENCE { [0] requireExplicitPolicy OPTIONAL, [1] inhibitPolicyMapping OPTIONAL }, not empty (RFC
    /// 5280 section 4.2.1.11)
    private static Constraints constraints(DerCursor value) throws MalformedDerException {
        DerCursor parts = value.enter(DerCursor.SEQUENCE);
        if (parts.atEnd()) {
            throw new MalformedDerException("policy constraints that constrain nothing");
        }
        Constraints constraints = new Constraints(skipIfPresent(parts, 0), skipIfPresent(parts, 1));
        parts.end();
        return constraints;
    }

    private static OptionalInt skipIfPresent(DerCursor parts, int tag) throws MalformedDerException {
        return parts.isNext(DerCursor.primitive(tag))
                ? OptionalInt.of(skip(parts, DerCursor.primitive(tag)))
                : OptionalInt.empty();
    }

    /// A number of certificates. No path is longer than an int, so whatever is larger is as good as its
    /// greatest.
    private static int skip(DerCursor parts, int tag) throws MalformedDerException {
        BigInteger skip = parts.integer(tag, MAX_SKIP_OCTETS);
        if (skip.signum() < 0) {
            throw new MalformedDerException("a negative number of certificates");
        }
        return skip.bitLength() < Integer.SIZE ? skip.intValue() : Integer.MAX_VALUE;
    }

    /// A SEQUENCE OF SEQUENCE, inner by inner.
    private static void forEach(DerCursor value, DerCursor.Element<RuntimeException> element)
            throws MalformedDerException {
        value.listOf(DerCursor.SEQUENCE, MAX_ELEMENTS, elements -> {
            DerCursor parts = elements.enter(DerCursor.SEQUENCE);
            element.read(parts);
            parts.end();
        });
    }

    @FunctionalInterface
    private interface Syntax<T> {
        T read(DerCursor value) throws MalformedDerException;
    }

    /// A qualifier is passed over; it must be DER too.
    private static <T extends @Nullable Object> T read(
            @Nullable Extension extension, Syntax<? extends T> syntax, T absent) throws MalformedDerException {
        if (extension == null) {
            return absent;
        }
        byte[] der = extension.der();
        Der.readStrictly(der, primitive -> primitive);
        DerCursor value = DerCursor.of(der);
        T read = syntax.read(value);
        value.end();
        return read;
    }
}
