package org.chancery.pki.name;

import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;

/// A distinguished name: for people to read and for issuers to be matched by, never to authenticate by (that is
/// [Address]).
public record DistinguishedName(X500Principal principal) {
    /// The empty name of a subject that only the subjectAlternativeName names.
    public static final DistinguishedName EMPTY = new DistinguishedName(new X500Principal(""));

    private static final Map<String, String> KEYWORDS = Map.of("2.5.4.41", "name");

    /// ub-common-name (RFC 5280 appendix A.1).
    private static final int MAX_COMMON_NAME = 64;

    /// Far below ub-name (32768): it has to fit a line on somebody's screen.
    private static final int MAX_DISPLAY_NAME = 64;

    /// A name of one commonName.
    ///
    /// @throws MalformedNameException if it is empty, too long or not printable
    public static DistinguishedName of(String commonName) throws MalformedNameException {
        return of(commonName, Optional.empty());
    }

    /// A name of a commonName and, if given, id-at-name (2.5.4.41) for display; both UTF8String.
    ///
    /// @throws MalformedNameException if either is empty, too long or not printable
    public static DistinguishedName of(String commonName, Optional<String> displayName) throws MalformedNameException {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        name.addRDN(BCStyle.CN, new DERUTF8String(DisplayText.check("commonName", commonName, MAX_COMMON_NAME)));
        if (displayName.isPresent()) {
            String text = DisplayText.check("name", displayName.get(), MAX_DISPLAY_NAME);
            name.addRDN(BCStyle.NAME, new DERUTF8String(text));
        }
        return new DistinguishedName(new X500Principal(Der.encode(name.build())));
    }

    /// The name a certificate or CRL already has.
    public static DistinguishedName of(X500Principal principal) {
        return new DistinguishedName(principal);
    }

    /// The most specific commonName; empty if there is none or it is no readable string.
    public Optional<String> commonName() {
        return last(BCStyle.CN);
    }

    /// The most specific id-at-name, what people are shown; empty if there is none or it is no readable string.
    public Optional<String> displayName() {
        return last(BCStyle.NAME);
    }

    /// Whether it names nothing at all.
    public boolean isEmpty() {
        return principal.equals(EMPTY.principal);
    }

    private Optional<String> last(ASN1ObjectIdentifier type) {
        try {
            return Der.read(principal.getEncoded(), name -> {
                RDN[] found = X500Name.getInstance(name).getRDNs(type);
                return found.length == 0 ? Optional.empty() : text(found[found.length - 1], type);
            });
        } catch (MalformedDerException e) {
            // The JDK took this principal for well-formed; where Bouncy Castle disagrees there is nothing fit to be
            // shown.
            return Optional.empty();
        }
    }

    private static Optional<String> text(RDN relativeName, ASN1ObjectIdentifier type) {
        for (var attribute : relativeName.getTypesAndValues()) {
            if (attribute.getType().equals(type) && attribute.getValue() instanceof ASN1String string) {
                return Optional.of(string.getString());
            }
        }
        return Optional.empty();
    }

    /// As people read it (RFC 4514), the display name spelled out instead of in hex.
    @Override
    public String toString() {
        return principal.getName(X500Principal.RFC2253, KEYWORDS);
    }
}
