package org.chancery.ca.lint;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;

/// The AlgorithmIdentifier of a signature: what this authority signs with, in the one encoding each has.
public final class Algorithms {
    /// sha256, sha384, sha512WithRSAEncryption: parameters NULL (RFC 4055 section 5).
    private static final Set<String> RSA =
            Set.of("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13");

    /// ecdsa-with-SHA256, SHA384, SHA512: parameters absent (RFC 5758 section 3.2).
    private static final Set<String> ECDSA =
            Set.of("1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4");

    private Algorithms() {}

    /// What is wrong with it; empty if nothing is.
    public static Optional<String> unfit(Tlv algorithm) throws UnreadableException {
        List<Tlv> parts = algorithm.as(Tlv.SEQUENCE).children();
        String oid = parts.isEmpty() ? "none" : parts.getFirst().oid();
        if (RSA.contains(oid)) {
            boolean isNull = parts.size() == 2
                    && parts.get(1).is(Tlv.NULL)
                    && parts.get(1).length() == 0;
            return isNull ? Optional.empty() : Optional.of("parameters of " + oid + " that are not NULL");
        }
        if (ECDSA.contains(oid)) {
            return parts.size() == 1 ? Optional.empty() : Optional.of("parameters with " + oid);
        }
        return Optional.of("signature algorithm " + oid + ", RSA or ECDSA with SHA-256, SHA-384 or SHA-512 required");
    }
}
