package org.chancery.ca.profile;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chancery.ca.profile.NamePolicy.Kind;
import org.chancery.pki.certificate.ExtendedKeyUsage;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPolicy;

/// From what a file says to a profile that may be used: the rules no administrator can turn off. Each refusal names
/// file, key and the rule that stands against it.
final class ProfileReader {
    private static final String NAMES = "names";
    private static final String DISPLAY_NAME = "display-name";
    private static final String COMMON_NAME = "common-name";
    private static final String RSA_USAGE = "key-usage.rsa";
    private static final String EC_USAGE = "key-usage.ec";
    private static final String PURPOSES = "extended-key-usage";
    private static final String BASIC_CONSTRAINTS = "basic-constraints";
    private static final String PATH_LENGTH = "path-length";
    private static final String NO_CHECK = "ocsp-nocheck";
    private static final String RSA_BITS = "rsa-minimum-bits";
    private static final String CURVES = "curves";
    private static final String DAYS = "days";
    private static final String MAXIMUM_DAYS = "maximum-days";
    private static final String CDP = "crl-distribution-point";
    private static final String AIA = "authority-information-access";

    static final Set<String> LEAF_KEYS = Set.of(
            NAMES,
            DISPLAY_NAME,
            COMMON_NAME,
            RSA_USAGE,
            EC_USAGE,
            PURPOSES,
            BASIC_CONSTRAINTS,
            NO_CHECK,
            RSA_BITS,
            CURVES,
            DAYS,
            MAXIMUM_DAYS,
            CDP,
            AIA);

    static final Set<String> ISSUING_KEYS = Set.of(
            BASIC_CONSTRAINTS,
            PATH_LENGTH,
            RSA_USAGE,
            EC_USAGE,
            PURPOSES,
            RSA_BITS,
            CURVES,
            DAYS,
            MAXIMUM_DAYS,
            CDP,
            AIA);

    /// Ten years: beyond, a slip is likelier than a plan.
    private static final int MAX_LEAF_DAYS = 3650;

    private static final int MAX_CA_DAYS = 36_500;

    /// What carries id-pkix-ocsp-nocheck cannot be revoked, so it must end by itself (RFC 6960 section 4.2.2.2.1).
    private static final int MAX_NO_CHECK_DAYS = 90;

    private static final int MAX_COMMON_NAME = 64;

    private static final Set<KeyUsage> OF_A_CA = Set.of(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN);

    /// The two that are left out make sense beside keyAgreement alone, and nobody here agrees on keys.
    private static final Map<String, KeyUsage> USAGES =
            EnumSet.complementOf(EnumSet.of(KeyUsage.ENCIPHER_ONLY, KeyUsage.DECIPHER_ONLY)).stream()
                    .collect(Collectors.toMap(KeyUsage::rfcName, Function.identity()));

    private static final Map<String, KeyAlgorithm> KNOWN_CURVES =
            Map.of("P-256", KeyAlgorithm.EC_P256, "P-384", KeyAlgorithm.EC_P384);

    private static final Map<String, Kind> KINDS =
            Map.of("address", Kind.ADDRESS, "dns", Kind.DNS, "ip", Kind.IP, "none", Kind.NONE);

    private ProfileReader() {}

    static CertificateProfile leaf(ProfileFile file) throws ProfileException {
        if (!file.text(BASIC_CONSTRAINTS).equals("CA:FALSE")) {
            throw file.forbidden(
                    BASIC_CONSTRAINTS, "only issuing.properties makes CAs, here it is CA:FALSE (RFC 5280 4.2.1.9)");
        }
        List<String> purposes = Purposes.read(file, PURPOSES);
        boolean signsOcsp = purposes.contains(ExtendedKeyUsage.OCSP_SIGNING.oid());
        boolean noCheck = file.flag(NO_CHECK);
        if (noCheck != signsOcsp) {
            throw file.forbidden(NO_CHECK, "yes with OCSPSigning, no without (RFC 6960 4.2.2.2.1)");
        }
        return new CertificateProfile(
                file.name(),
                names(file, purposes),
                leafKeys(file),
                purposes,
                noCheck,
                lifetime(file, noCheck ? MAX_NO_CHECK_DAYS : MAX_LEAF_DAYS),
                references(file));
    }

    static IssuingProfile issuing(ProfileFile file) throws ProfileException {
        if (!file.text(BASIC_CONSTRAINTS).equals("CA:TRUE")) {
            throw file.forbidden(BASIC_CONSTRAINTS, "an issuing CA is CA:TRUE (RFC 5280 4.2.1.9)");
        }
        int ofAll = IssuingProfile.PATH_LENGTH;
        file.number(PATH_LENGTH, ofAll, ofAll, "the root lets no CA stand below an issuing CA");
        if (!file.words(PURPOSES).isEmpty()) {
            throw file.forbidden(PURPOSES, "none on a CA: it would restrict, or not, what it issues");
        }
        KeyRules keys = keys(file);
        for (String key : List.of(RSA_USAGE, EC_USAGE)) {
            Set<KeyUsage> usages = key.equals(RSA_USAGE) ? keys.rsaUsages() : keys.ecUsages();
            boolean sane = usages.containsAll(OF_A_CA)
                    && usages.stream()
                            .allMatch(usage -> OF_A_CA.contains(usage) || usage == KeyUsage.DIGITAL_SIGNATURE);
            if (!usages.isEmpty() && !sane) {
                throw file.forbidden(
                        key, "keyCertSign and cRLSign, and at most digitalSignature beside (RFC 5280 4.2.1.3)");
            }
        }
        return new IssuingProfile(keys, lifetime(file, MAX_CA_DAYS), references(file));
    }

    private static NamePolicy names(ProfileFile file, List<String> purposes) throws ProfileException {
        Set<Kind> kinds = file.several(NAMES, KINDS);
        if (kinds.isEmpty() || (kinds.size() > 1 && !kinds.equals(Set.of(Kind.DNS, Kind.IP)))) {
            throw file.forbidden(NAMES, "address, dns, ip, dns ip, or none expected");
        }
        boolean displayName = file.flag(DISPLAY_NAME);
        if (displayName && !kinds.contains(Kind.ADDRESS)) {
            throw file.forbidden(DISPLAY_NAME, "only beside an address");
        }
        if (kinds.contains(Kind.NONE) != file.find(COMMON_NAME).isPresent()) {
            throw file.forbidden(COMMON_NAME, "needed where names=none, and nowhere else");
        }
        Purposes.requireNames(file, PURPOSES, purposes, kinds);
        if (kinds.contains(Kind.ADDRESS)) {
            return new NamePolicy.Person(displayName);
        }
        return kinds.contains(Kind.NONE) ? new NamePolicy.Nameless(commonName(file)) : new NamePolicy.Host(kinds);
    }

    private static String commonName(ProfileFile file) throws ProfileException {
        String commonName = file.text(COMMON_NAME);
        if (commonName.isEmpty() || commonName.length() > MAX_COMMON_NAME) {
            throw file.forbidden(COMMON_NAME, "1 to 64 characters (RFC 5280 appendix A.1)");
        }
        if (!commonName.contains(" ")) {
            throw file.forbidden(COMMON_NAME, "one word can be taken for a host: two words, at least");
        }
        return commonName;
    }

    private static KeyRules leafKeys(ProfileFile file) throws ProfileException {
        KeyRules keys = keys(file);
        for (String key : List.of(RSA_USAGE, EC_USAGE)) {
            Set<KeyUsage> usages = key.equals(RSA_USAGE) ? keys.rsaUsages() : keys.ecUsages();
            if (usages.stream().anyMatch(OF_A_CA::contains)) {
                throw file.forbidden(key, "keyCertSign and cRLSign are a CA's (RFC 5280 4.2.1.9)");
            }
            if (!usages.isEmpty() && !usages.contains(KeyUsage.DIGITAL_SIGNATURE)) {
                throw file.forbidden(
                        key, "every key signs, in TLS 1.3 at the least: digitalSignature (RFC 8446 4.4.2.2)");
            }
        }
        if (keys.rsaUsages().contains(KeyUsage.KEY_AGREEMENT)) {
            throw file.forbidden(RSA_USAGE, "an RSA key agrees on nothing (RFC 3279 2.3.1)");
        }
        if (keys.ecUsages().contains(KeyUsage.KEY_ENCIPHERMENT)
                || keys.ecUsages().contains(KeyUsage.DATA_ENCIPHERMENT)) {
            throw file.forbidden(EC_USAGE, "nothing is encrypted to an EC key (RFC 8813 section 3)");
        }
        return keys;
    }

    private static KeyRules keys(ProfileFile file) throws ProfileException {
        Set<KeyUsage> rsa = file.several(RSA_USAGE, USAGES);
        Set<KeyUsage> ec = file.several(EC_USAGE, USAGES);
        Set<KeyAlgorithm> curves = file.several(CURVES, KNOWN_CURVES);
        if (rsa.isEmpty() && ec.isEmpty()) {
            throw file.forbidden(RSA_USAGE, "neither RSA nor EC keys: nothing could be certified");
        }
        if (ec.isEmpty() == !curves.isEmpty()) {
            throw file.forbidden(CURVES, "at least one where EC keys are certified, none otherwise");
        }
        KeyPolicy policy = new KeyPolicy(file.number(
                RSA_BITS,
                KeyPolicy.ACCEPT.minimumRsaBits(),
                KeyPolicy.MAX_RSA_BITS,
                "less has no 112 bits of strength (NIST SP 800-57), more is a burden to verify"));
        return new KeyRules(policy, rsa, ec, curves);
    }

    private static Lifetime lifetime(ProfileFile file, int most) throws ProfileException {
        int maximum = file.number(
                MAXIMUM_DAYS,
                1,
                most,
                most == MAX_NO_CHECK_DAYS
                        ? "what cannot be revoked ends soon (RFC 6960 4.2.2.2.1)"
                        : "beyond, a slip is likelier than a plan");
        return new Lifetime(file.number(DAYS, 1, maximum, "at most maximum-days"), maximum);
    }

    private static References references(ProfileFile file) throws ProfileException {
        return new References(file.flag(CDP), file.flag(AIA));
    }
}
