package org.chancery.ca.profile;

/// A domain or address range that no authority can be made for.
public final class NamespaceException extends Exception {
    private static final long serialVersionUID = 1L;

    /// Why not.
    public enum Failure {
        /// Not a host name in A-label form (RFC 1123 section 2.1, RFC 5890).
        DOMAIN_SYNTAX,
        /// `localhost` and what is below it: every machine's own name is no machine's name.
        LOCALHOST,
        /// Not an address, a slash and a prefix length.
        RANGE_SYNTAX,
        /// None, or more than a certificate should carry.
        COUNT
    }

    private final Failure failure;

    NamespaceException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /// What the person can do about it.
    public String hint() {
        return switch (failure) {
            case DOMAIN_SYNTAX -> "a domain is labels of letters, digits and hyphens, like lab.example";
            case LOCALHOST -> "use 127.0.0.1 or a name of the domain, like chat.lab.example";
            case RANGE_SYNTAX ->
                "an address range is an address and a prefix length without bits after it, like 10.0.0.0/8 or fd00::/8";
            case COUNT -> "between 1 and " + Namespace.MAX_ENTRIES + " domains, at most as many ranges";
        };
    }
}
