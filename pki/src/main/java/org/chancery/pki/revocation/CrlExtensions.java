package org.chancery.pki.revocation;

import java.util.Map;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.revocation.KnownExtensions.Criticality;

/// The extensions that a list or an entry may have (RFC 5280 sections 5.2 and 5.3). One that is critical
/// and unknown makes the whole list useless, wherever it stands: what it says could be the opposite of what
/// is understood.
final class CrlExtensions {
    static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    static final String CRL_NUMBER = "2.5.29.20";
    static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    static final String FRESHEST_CRL = "2.5.29.46";
    static final String EXPIRED_CERTS_ON_CRL = "2.5.29.60";

    static final String REASON_CODE = "2.5.29.21";
    static final String INVALIDITY_DATE = "2.5.29.24";
    static final String CERTIFICATE_ISSUER = "2.5.29.29";

    private static final Map<String, Criticality> OF_LIST = Map.of(
            AUTHORITY_KEY_IDENTIFIER, Criticality.EITHER,
            CRL_NUMBER, Criticality.NEVER,
            DELTA_CRL_INDICATOR, Criticality.ALWAYS,
            ISSUING_DISTRIBUTION_POINT, Criticality.ALWAYS,
            FRESHEST_CRL, Criticality.NEVER,
            EXPIRED_CERTS_ON_CRL, Criticality.NEVER);

    private static final Map<String, Criticality> OF_ENTRY = Map.of(
            REASON_CODE, Criticality.NEVER,
            INVALIDITY_DATE, Criticality.NEVER,
            CERTIFICATE_ISSUER, Criticality.ALWAYS);

    private CrlExtensions() {}

    static KnownExtensions ofList(DerCursor sequence) throws MalformedDerException, MalformedCrlException {
        return understood(KnownExtensions.read(sequence, OF_LIST));
    }

    static KnownExtensions ofEntry(DerCursor sequence) throws MalformedDerException, MalformedCrlException {
        return understood(KnownExtensions.read(sequence, OF_ENTRY));
    }

    private static KnownExtensions understood(KnownExtensions extensions) throws MalformedCrlException {
        if (extensions.unknownCritical().isPresent()) {
            throw new MalformedCrlException(
                    CrlFailure.UNKNOWN_CRITICAL_EXTENSION,
                    "critical extension %s is not known"
                            .formatted(extensions.unknownCritical().get()));
        }
        return extensions;
    }
}
