package org.chancery.pki.name;

import java.util.regex.Pattern;

/// A domain name of lower-case LDH labels; internationalised ones as A-labels (RFC 5890 section 2.3.2.1), no final
/// dot, no wildcard.
public record DomainName(String value) implements Comparable<DomainName> {
    /// RFC 1035 section 2.3.4: 255 octets on the wire, which is 253 characters.
    private static final int MAX_LENGTH = 253;

    private static final String LOCALHOST = "localhost";

    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /// A last label of digits reads as an IPv4 address (RFC 1123 section 2.1).
    private static final Pattern NUMERIC_LAST_LABEL = Pattern.compile("(.*\\.)?[0-9]+");

    /// Hyphens third and fourth are reserved: `xn--` is the only such prefix in use (RFC 5890 section 2.3.1).
    private static final Pattern RESERVED_LABEL = Pattern.compile("(.*\\.)?(?!xn)[a-z0-9-]{2}--.*");

    /// @throws IllegalArgumentException if the value is not canonical; text from outside goes through [#parse]
    public DomainName {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("not a canonical domain name");
        }
    }

    /// Reads a domain name, folding ASCII case.
    ///
    /// @throws MalformedNameException if it is not one
    public static DomainName parse(String text) throws MalformedNameException {
        String folded = Ascii.lowerCase(text);
        if (!isCanonical(folded)) {
            throw new MalformedNameException(NameFailure.MALFORMED, "not a domain name of letters, digits and hyphens");
        }
        return new DomainName(folded);
    }

    /// Whether it is `localhost` or below, which is every machine's own name and therefore no machine's.
    public boolean isLocalhost() {
        return value.equals(LOCALHOST) || value.endsWith("." + LOCALHOST);
    }

    static boolean isCanonical(String text) {
        return text.length() <= MAX_LENGTH
                && LABELS.matcher(text).matches()
                && !NUMERIC_LAST_LABEL.matcher(text).matches()
                && !RESERVED_LABEL.matcher(text).matches();
    }

    @Override
    public int compareTo(DomainName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
