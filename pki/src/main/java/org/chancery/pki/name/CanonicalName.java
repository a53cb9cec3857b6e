package org.chancery.pki.name;

import java.io.IOException;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralString;
import org.bouncycastle.asn1.ASN1GraphicString;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1NumericString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.ASN1VideotexString;
import org.bouncycastle.asn1.ASN1VisibleString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;

/// A distinguished name in the form in which two are compared (RFC 5280 section 7.1): relative names in
/// order, the attributes of each in any order, text without regard to case, to how much space is in it and
/// to the kind of string it was written as. Values that are no text are compared octet by octet.
///
/// For finding issuers and for judging name constraints; [DistinguishedName] is for people to read.
public final class CanonicalName {
    /// The name of nobody.
    public static final CanonicalName EMPTY = new CanonicalName(List.of());

    private static final Pattern SPACES = Pattern.compile("[\\s\\x85\\p{Z}]+");

    /// What RFC 4518 section 2.2 maps to nothing: formatting and control characters, soft hyphens, joiners,
    /// variation selectors. One of them is not to lead a name out of an excluded subtree.
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cf}\\u034f\\u1806\\u180b-\\u180d\\ufe00-\\ufe0f\\ufffc[\\p{Cc}&&[^\\t-\\r\\x85]]]");

    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    private final List<List<String>> relativeNames;

    private CanonicalName(List<List<String>> relativeNames) {
        this.relativeNames = relativeNames;
    }

    /// Of a name that the JDK has read.
    ///
    /// @throws MalformedNameException if nobody else can read it
    public static CanonicalName of(X500Principal principal) throws MalformedNameException {
        return parse(principal.getEncoded());
    }

    /// Reads a Name (RFC 5280 section 4.1.2.4).
    ///
    /// @throws MalformedNameException if it is none
    public static CanonicalName parse(byte[] nameDer) throws MalformedNameException {
        try {
            return Der.read(nameDer, name -> of(X500Name.getInstance(name)));
        } catch (MalformedDerException e) {
            throw new MalformedNameException(NameFailure.MALFORMED, "not a distinguished name: " + e.getMessage(), e);
        }
    }

    private static CanonicalName of(X500Name name) throws IOException {
        List<List<String>> relativeNames = new ArrayList<>();
        for (RDN relativeName : name.getRDNs()) {
            List<String> attributes = new ArrayList<>(relativeName.size());
            for (AttributeTypeAndValue attribute : relativeName.getTypesAndValues()) {
                attributes.add(attribute.getType().getId() + canonical(attribute.getValue()));
            }
            if (attributes.isEmpty()) {
                throw new IOException("a relative name without attributes");
            }
            attributes.sort(null);
            relativeNames.add(List.copyOf(attributes));
        }
        return new CanonicalName(List.copyOf(relativeNames));
    }

    private static String canonical(ASN1Encodable value) throws IOException {
        return switch (value) {
            case ASN1UniversalString text -> "=" + prepared(new String(text.getOctets(), UTF_32));
            case ASN1UTF8String text -> text(text);
            case ASN1PrintableString text -> text(text);
            case ASN1IA5String text -> text(text);
            case ASN1BMPString text -> text(text);
            case ASN1T61String text -> text(text);
            case ASN1VisibleString text -> text(text);
            case ASN1NumericString text -> text(text);
            // No DirectoryString has these, but whoever shows a name shows them as text.
            case ASN1GeneralString text -> text(text);
            case ASN1GraphicString text -> text(text);
            case ASN1VideotexString text -> text(text);
            default -> "#" + HexFormat.of().formatHex(value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        };
    }

    private static String text(ASN1String text) {
        return "=" + prepared(text.getString());
    }

    /// String preparation as RFC 4518 has it for caseIgnoreMatch, as far as it makes strings equal:
    /// what nobody sees, compatibility forms, case, runs of space. (What it prohibits stays in, where it makes
    /// them unequal.)
    private static String prepared(String text) {
        String seen = UNSEEN.matcher(text).replaceAll("");
        String mapped = seen.chars().allMatch(c -> c < 0x80)
                ? Ascii.lowerCase(seen)
                : Normalizer.normalize(folded(Normalizer.normalize(seen, Normalizer.Form.NFKC)), Normalizer.Form.NFKC);
        return SPACES.matcher(mapped).replaceAll(" ").strip();
    }

    private static String folded(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /// Whether it has no relative name at all.
    public boolean isEmpty() {
        return relativeNames.isEmpty();
    }

    /// Whether it lies in the subtree of another: that one's relative names are the first of these, from
    /// the root of the tree on (RFC 5280 section 4.2.1.10). The empty name has everything below it.
    public boolean isWithin(CanonicalName base) {
        int depth = base.relativeNames.size();
        return depth <= relativeNames.size() && relativeNames.subList(0, depth).equals(base.relativeNames);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CanonicalName that && relativeNames.equals(that.relativeNames);
    }

    @Override
    public int hashCode() {
        return relativeNames.hashCode();
    }

    @Override
    public String toString() {
        return relativeNames.toString();
    }
}
