package org.chancery.pki.revocation;

import java.util.Arrays;
import java.util.Optional;

/// Why a certificate was revoked: CRLReason of RFC 5280 section 5.3.1, with its code and its name there.
public enum RevocationReason {
    UNSPECIFIED(0, "unspecified"),
    KEY_COMPROMISE(1, "keyCompromise"),
    CA_COMPROMISE(2, "cACompromise"),
    AFFILIATION_CHANGED(3, "affiliationChanged"),
    SUPERSEDED(4, "superseded"),
    CESSATION_OF_OPERATION(5, "cessationOfOperation"),
    CERTIFICATE_HOLD(6, "certificateHold"),
    // 7 is not used (RFC 5280 5.3.1).
    REMOVE_FROM_CRL(8, "removeFromCRL"),
    PRIVILEGE_WITHDRAWN(9, "privilegeWithdrawn"),
    AA_COMPROMISE(10, "aACompromise");

    private final int code;
    private final String cliName;

    RevocationReason(int code, String cliName) {
        this.code = code;
        this.cliName = cliName;
    }

    /// The reason of a code; empty if there is none.
    public static Optional<RevocationReason> ofCode(int code) {
        return Arrays.stream(values()).filter(reason -> reason.code == code).findFirst();
    }

    /// The code on wire and disk.
    public int code() {
        return code;
    }

    /// As RFC 5280 spells it: `keyCompromise`.
    public String cliName() {
        return cliName;
    }
}
