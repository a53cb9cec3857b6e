package org.chancery.pki.name;

/// A domain name of lower-case LDH labels; internationalised ones as A-labels (RFC 5890 section 2.3.2.1), no final
/// dot, no wildcard.
public record DomainName(String value) implements Comparable<DomainName> {
    /// RFC 1035 section 2.3.4: 255 octets on the wire, which is 253 characters.
    private static final int MAX_LENGTH = 253;

    private static final String LOCALHOST = "localhost";

    /// RFC 1035 section 2.3.4.
    private static final int MAX_LABEL = 63;

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

    /// By hand: every letter that a relay takes names a person, and a pattern for each is felt.
    static boolean isCanonical(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            if (!isLabel(text, from, dot)) {
                return false;
            }
            from = dot + 1;
        }
        return isLabel(text, from, text.length()) && !isNumber(text, from);
    }

    private static boolean isLabel(String text, int from, int to) {
        if (to == from || to - from > MAX_LABEL || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        // Hyphens third and fourth are reserved: `xn--` is the only such prefix in use (RFC 5890 section 2.3.1).
        return !text.startsWith("--", from + 2) || text.startsWith("xn", from);
    }

    /// A last label of digits reads as an IPv4 address (RFC 1123 section 2.1).
    private static boolean isNumber(String text, int from) {
        return text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
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
