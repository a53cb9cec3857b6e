package org.chancery.pki.name;

import java.security.cert.X509Certificate;
import java.util.List;

/// A person's name in Chancery, `alice@lab.example`, in its one canonical form: the local part a lower-case
/// dot-string of RFC 5321 section 4.1.2, the domain a [DomainName].
public record Address(String value) implements Comparable<Address> {
    /// RFC 5321 sections 4.5.3.1.1 and 4.5.3.1.3: a path is 256 octets with its angle brackets.
    private static final int MAX_LENGTH = 254;

    private static final int MAX_LOCAL_PART = 64;

    /// Of an atext (RFC 5322 section 3.2.3), besides letters and digits.
    private static final String PUNCTUATION = "!#$%&'*+/=?^_`{|}~-";

    /// @throws IllegalArgumentException if the value is not canonical; text from outside goes through [#parse]
    public Address {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("not a canonical address");
        }
    }

    /// Reads an address, folding ASCII case.
    ///
    /// @throws MalformedNameException if it is not one
    public static Address parse(String text) throws MalformedNameException {
        String folded = Ascii.lowerCase(text);
        if (folded.length() > MAX_LENGTH) {
            throw new MalformedNameException(
                    NameFailure.TOO_LONG, "address of %d characters, at most %d".formatted(text.length(), MAX_LENGTH));
        }
        if (!isCanonical(folded)) {
            throw new MalformedNameException(
                    NameFailure.MALFORMED,
                    "not an address like alice@lab.example in ASCII (international domains as xn--)");
        }
        return new Address(folded);
    }

    /// Reads an address that must be canonical already, as certificates are issued with.
    ///
    /// @throws MalformedNameException if it is not an address, or [#parse] would change it
    public static Address parseCanonical(String text) throws MalformedNameException {
        Address address = parse(text);
        if (!address.value.equals(text)) {
            throw new MalformedNameException(
                    NameFailure.NOT_CANONICAL, "address not in canonical form, which is " + address.value);
        }
        return address;
    }

    /// The one rfc822Name of a certificate's subjectAlternativeName. Distinguished names are not looked at.
    ///
    /// @throws MalformedNameException if there is none, more than one, or it is no address
    public static Address of(X509Certificate certificate) throws MalformedNameException {
        List<GeneralName.Rfc822> mailboxes = GeneralNames.subjectAlternativeNames(certificate).stream()
                .filter(GeneralName.Rfc822.class::isInstance)
                .map(GeneralName.Rfc822.class::cast)
                .toList();
        if (mailboxes.isEmpty()) {
            throw new MalformedNameException(NameFailure.MISSING, "no rfc822Name in the subjectAlternativeName");
        }
        if (mailboxes.size() > 1) {
            throw new MalformedNameException(
                    NameFailure.AMBIGUOUS, "%d rfc822Names, one expected".formatted(mailboxes.size()));
        }
        return parse(mailboxes.getFirst().mailbox());
    }

    /// The part after the `@`.
    public String domain() {
        return value.substring(value.lastIndexOf('@') + 1);
    }

    private static boolean isCanonical(String text) {
        int at = text.lastIndexOf('@');
        return text.length() <= MAX_LENGTH
                && at >= 1
                && at <= MAX_LOCAL_PART
                && isDotString(text, at)
                && DomainName.isCanonical(text.substring(at + 1));
    }

    /// Whether atoms with single dots between them stand before the place.
    private static boolean isDotString(String text, int to) {
        boolean atom = false; // one has begun
        for (int i = 0; i < to; i++) {
            char c = text.charAt(i);
            boolean atext = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || PUNCTUATION.indexOf(c) >= 0;
            if (!atext && (c != '.' || !atom)) {
                return false;
            }
            atom = atext;
        }
        return atom;
    }

    @Override
    public int compareTo(Address other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
