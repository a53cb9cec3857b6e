package org.chancery.ca.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chancery.ca.profile.NamePolicy.Kind;
import org.chancery.pki.certificate.ExtendedKeyUsage;

/// The extended key usages a profile may give, and which go together.
final class Purposes {
    private static final String SERVER = ExtendedKeyUsage.SERVER_AUTH.oid();
    private static final String CLIENT = ExtendedKeyUsage.CLIENT_AUTH.oid();
    private static final String EMAIL = ExtendedKeyUsage.EMAIL_PROTECTION.oid();
    private static final String OCSP = ExtendedKeyUsage.OCSP_SIGNING.oid();
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final String ANY = "2.5.29.37.0";

    private static final Map<String, String> NAMED = Stream.of(ExtendedKeyUsage.values())
            .collect(Collectors.toMap(ExtendedKeyUsage::rfcName, ExtendedKeyUsage::oid));

    private static final Pattern OID = Pattern.compile("[012](\\.(0|[1-9][0-9]{0,8})){1,20}");
    private static final int MAX = 8;

    private Purposes() {}

    /// Dotted, in the file's order.
    static List<String> read(ProfileFile file, String key) throws ProfileException {
        List<String> oids = new ArrayList<>();
        for (String word : file.words(key)) {
            String oid = NAMED.getOrDefault(word, word);
            if (oid.equals(ANY) || word.equals("anyExtendedKeyUsage")) {
                throw file.forbidden(key, "anyExtendedKeyUsage is for everything, so for nothing (BR 7.1.2.7.10)");
            }
            if (!OID.matcher(oid).matches()) {
                throw file.forbidden(
                        key, word + " is none of serverAuth, clientAuth, emailProtection, OCSPSigning, and not dotted");
            }
            oids.add(oid);
        }
        if (oids.isEmpty() || oids.size() > MAX || Set.copyOf(oids).size() < oids.size()) {
            throw file.forbidden(key, "1 to " + MAX + " purposes, each once (BR 7.1.2.7.10)");
        }
        if (oids.contains(OCSP) && oids.size() > 1) {
            throw file.forbidden(key, "OCSPSigning stands alone (BR 7.1.2.8.5)");
        }
        if (oids.contains(SERVER) && (oids.contains(CLIENT) || oids.contains(EMAIL))) {
            throw file.forbidden(
                    key, "a relay's key is never a person's: serverAuth without clientAuth, emailProtection");
        }
        if (oids.contains(TIME_STAMPING)) {
            throw file.forbidden(key, "timeStamping is alone and critical (RFC 3161 2.3), which no profile writes");
        }
        return oids;
    }

    /// Each purpose needs the names by which it is used.
    static void requireNames(ProfileFile file, String key, List<String> purposes, Set<Kind> kinds)
            throws ProfileException {
        boolean host = kinds.contains(Kind.DNS) || kinds.contains(Kind.IP);
        if (purposes.contains(SERVER) && !host) {
            throw file.forbidden(key, "serverAuth needs names=dns, ip or both (RFC 9525 section 6)");
        }
        if (purposes.contains(EMAIL) && !kinds.contains(Kind.ADDRESS)) {
            throw file.forbidden(key, "emailProtection needs names=address (RFC 8550 section 4.4.3)");
        }
        if (purposes.contains(OCSP) != kinds.contains(Kind.NONE)) {
            throw file.forbidden(key, "OCSPSigning goes with names=none, and nothing else does (BR 7.1.2.8)");
        }
    }
}
