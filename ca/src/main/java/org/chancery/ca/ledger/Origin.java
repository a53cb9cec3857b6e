package org.chancery.ca.ledger;

import java.util.Arrays;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;

/// Where a certificate comes from. Revocation follows these links down: what came from a certificate that
/// cannot be trusted any more cannot be either.
///
/// @param parent the certificate it takes over from; empty for one that takes over from none
public record Origin(Kind kind, Optional<SerialNumber> parent) {
    /// For somebody, or a key, that comes for the first time, or comes again without saying so.
    public static final Origin NEW = new Origin(Kind.NEW, Optional.empty());

    /// What was done.
    public enum Kind {
        /// Issued from a request that names no earlier certificate.
        NEW("new"),
        /// The same key and names, a new validity.
        RENEWED("renewed"),
        /// The same names, a new key.
        REKEYED("rekeyed"),
        /// Other names.
        REISSUED("reissued");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /// As it stands in the ledger and on the screen; never changes.
        public String code() {
            return code;
        }

        static Kind ofCode(String code) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code.equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no origin \"" + code + "\""));
        }
    }

    public Origin {
        if ((kind == Kind.NEW) != parent.isEmpty()) {
            throw new IllegalArgumentException("a parent exactly for what takes over from one");
        }
    }

    public static Origin renewed(SerialNumber parent) {
        return new Origin(Kind.RENEWED, Optional.of(parent));
    }

    public static Origin rekeyed(SerialNumber parent) {
        return new Origin(Kind.REKEYED, Optional.of(parent));
    }

    public static Origin reissued(SerialNumber parent) {
        return new Origin(Kind.REISSUED, Optional.of(parent));
    }
}
