package org.chancery.pki.path.policy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.der.Der;
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

    private final @Nullable Set<String> policies;
    private final boolean unknownQualifier;
    private final Map<String, Set<String>> mappings;
    private final int requireExplicitPolicy;
    private final int inhibitPolicyMapping;
    private final int inhibitAnyPolicy;

    private CertificatePolicies(Map<String, Extension> extensions) throws MalformedDerException {
        policies = read(extensions.get(CERTIFICATE_POLICIES), CertificatePolicies::policies, null);
        unknownQualifier = read(extensions.get(CERTIFICATE_POLICIES), CertificatePolicies::hasUnknownQualifier, false);
        mappings = read(extensions.get(POLICY_MAPPINGS), CertificatePolicies::mappings, Map.of());
        int[] skips = read(extensions.get(POLICY_CONSTRAINTS), CertificatePolicies::constraints, new int[] {-1, -1});
        requireExplicitPolicy = skips[0];
        inhibitPolicyMapping = skips[1];
        inhibitAnyPolicy = read(extensions.get(INHIBIT_ANY_POLICY), CertificatePolicies::skip, -1);
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
        return optional(requireExplicitPolicy);
    }

    /// How many more certificates may map policies.
    public OptionalInt inhibitPolicyMapping() {
        return optional(inhibitPolicyMapping);
    }

    /// How many more certificates may mean anything by anyPolicy.
    public OptionalInt inhibitAnyPolicy() {
        return optional(inhibitAnyPolicy);
    }

    private static OptionalInt optional(int skip) {
        return skip < 0 ? OptionalInt.empty() : OptionalInt.of(skip);
    }

    /// SEQUENCE OF SEQUENCE { policyIdentifier, policyQualifiers OPTIONAL }, none twice (RFC 5280 section
    /// 4.2.1.4)
    private static Set<String> policies(ASN1Primitive primitive) throws IOException {
        Set<String> policies = new LinkedHashSet<>();
        for (ASN1Encodable element : elements(primitive)) {
            ASN1Sequence information = ASN1Sequence.getInstance(element);
            qualifiers(information);
            if (!policies.add(oid(information.getObjectAt(0)))) {
                throw new IOException("a policy twice (RFC 5280 4.2.1.4)");
            }
        }
        return Set.copyOf(policies);
    }

    /// The identifiers of the qualifiers of one policy: SEQUENCE OF SEQUENCE { policyQualifierId, qualifier }
    private static List<String> qualifiers(ASN1Sequence information) throws IOException {
        if (information.size() == 1) {
            return List.of();
        }
        if (information.size() != 2) {
            throw new IOException("PolicyInformation of %d parts".formatted(information.size()));
        }
        List<String> qualifiers = new ArrayList<>();
        for (ASN1Encodable element : elements(information.getObjectAt(1).toASN1Primitive())) {
            ASN1Sequence qualifier = ASN1Sequence.getInstance(element);
            if (qualifier.size() != 2) {
                throw new IOException("a policy qualifier of %d parts".formatted(qualifier.size()));
            }
            qualifiers.add(oid(qualifier.getObjectAt(0)));
        }
        return qualifiers;
    }

    private static boolean hasUnknownQualifier(ASN1Primitive primitive) throws IOException {
        for (ASN1Encodable element : elements(primitive)) {
            if (!KNOWN_QUALIFIERS.containsAll(qualifiers(ASN1Sequence.getInstance(element)))) {
                return true;
            }
        }
        return false;
    }

    /// SEQUENCE OF SEQUENCE { issuerDomainPolicy, subjectDomainPolicy }
    private static Map<String, Set<String>> mappings(ASN1Primitive primitive) throws IOException {
        Map<String, Set<String>> mappings = new LinkedHashMap<>();
        for (ASN1Encodable element : elements(primitive)) {
            ASN1Sequence mapping = ASN1Sequence.getInstance(element);
            if (mapping.size() != 2) {
                throw new IOException("a mapping of %d policies".formatted(mapping.size()));
            }
            String of = oid(mapping.getObjectAt(0));
            String to = oid(mapping.getObjectAt(1));
            mappings.computeIfAbsent(of, _ -> new LinkedHashSet<>()).add(to);
        }
        return mappings;
    }

    /// SEQUENCE { [0] requireExplicitPolicy OPTIONAL, [1] inhibitPolicyMapping OPTIONAL }, not empty (RFC
    /// 5280 section 4.2.1.11)
    private static int[] constraints(ASN1Primitive primitive) throws IOException {
        int[] skips = {-1, -1};
        int lastTag = -1;
        for (ASN1Encodable element : elements(primitive)) {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(element);
            int tag = tagged.getTagNo();
            if (tag <= lastTag || tag > 1) {
                throw new IOException("parts twice, out of order or unknown");
            }
            lastTag = tag;
            skips[tag] = skip(ASN1Integer.getInstance(tagged, false));
        }
        return skips;
    }

    /// A number of certificates. No path is longer than an int, so whatever is larger is as good as its
    /// greatest.
    private static int skip(ASN1Encodable value) throws IOException {
        BigInteger skip = ASN1Integer.getInstance(value).getValue();
        if (skip.signum() < 0) {
            throw new IOException("a negative number of certificates");
        }
        return skip.bitLength() < Integer.SIZE ? skip.intValue() : Integer.MAX_VALUE;
    }

    private static ASN1Sequence elements(ASN1Primitive primitive) throws IOException {
        ASN1Sequence elements = ASN1Sequence.getInstance(primitive);
        if (elements.size() == 0 || elements.size() > MAX_ELEMENTS) {
            throw new IOException("%d elements, 1 to %d".formatted(elements.size(), MAX_ELEMENTS));
        }
        return elements;
    }

    private static String oid(ASN1Encodable value) {
        return ASN1ObjectIdentifier.getInstance(value).getId();
    }

    private interface Syntax<T> {
        T read(ASN1Primitive primitive) throws IOException;
    }

    private static <T extends @Nullable Object> T read(
            @Nullable Extension extension, Syntax<? extends T> syntax, T absent) throws MalformedDerException {
        if (extension == null) {
            return absent;
        }
        return Der.<T, MalformedDerException>readStrictly(extension.der(), syntax::read);
    }
}
