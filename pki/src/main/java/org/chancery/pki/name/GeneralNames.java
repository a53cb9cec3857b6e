package org.chancery.pki.name;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;

/// GeneralNames (RFC 5280 section 4.2.1.6) between DER and [GeneralName].
///
/// Not the JDK's `getSubjectAlternativeNames()`: it swallows what it cannot parse, and the JDK's path validation may
/// leave an invented dNSName in it.
public final class GeneralNames {
    /// `id-ce-subjectAltName`.
    public static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

    /// More names than any certificate of ours, fewer than make a linear search slow.
    private static final int MAX_NAMES = 1000;

    private GeneralNames() {}

    /// The names of a certificate's subjectAlternativeName, in order; empty if it has none.
    ///
    /// @throws MalformedNameException if the extension is malformed
    public static List<GeneralName> subjectAlternativeNames(X509Certificate certificate) throws MalformedNameException {
        byte[] wrapped = certificate.getExtensionValue(SUBJECT_ALTERNATIVE_NAME);
        if (wrapped == null) {
            return List.of();
        }
        try {
            return parse(Der.read(
                    wrapped, octets -> ASN1OctetString.getInstance(octets).getOctets()));
        } catch (MalformedDerException e) {
            throw malformed(e);
        }
    }

    /// Reads a GeneralNames SEQUENCE: an extension's value without its OCTET STRING.
    ///
    /// @throws MalformedNameException if it is malformed or empty, or a name in it is
    public static List<GeneralName> parse(byte[] extensionValueDer) throws MalformedNameException {
        try {
            return Der.<List<GeneralName>, MalformedNameException>read(
                    extensionValueDer, primitive -> read(ASN1Sequence.getInstance(primitive)));
        } catch (MalformedDerException e) {
            throw malformed(e);
        }
    }

    /// The GeneralNames SEQUENCE of at least one name.
    public static byte[] encode(List<GeneralName> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("GeneralNames has at least one name");
        }
        return Der.encode(
                new DERSequence(names.stream().map(GeneralNames::encode).toArray(ASN1Encodable[]::new)));
    }

    private static List<GeneralName> read(ASN1Sequence sequence) throws MalformedNameException, IOException {
        if (sequence.size() == 0 || sequence.size() > MAX_NAMES) {
            throw new MalformedNameException(
                    NameFailure.MALFORMED, "%d general names, 1 to %d expected".formatted(sequence.size(), MAX_NAMES));
        }
        List<GeneralName> names = new ArrayList<>(sequence.size());
        for (ASN1Encodable element : sequence) {
            names.add(read(ASN1TaggedObject.getInstance(element, BERTags.CONTEXT_SPECIFIC)));
        }
        return List.copyOf(names);
    }

    private static GeneralName read(ASN1TaggedObject name) throws MalformedNameException, IOException {
        return switch (name.getTagNo()) {
            case 1 -> new GeneralName.Rfc822(text(name));
            case 2 -> new GeneralName.Dns(text(name));
            case 4 ->
                new GeneralName.Directory(
                        new X500Principal(X500Name.getInstance(name, true).getEncoded()));
            case 6 -> new GeneralName.Uri(text(name));
            case 7 -> new GeneralName.Ip(IpLiteral.ofOctets(Der.implicitOctets(name)));
            default -> new GeneralName.Other(name.getTagNo(), Der.encode(name));
        };
    }

    /// Printable ASCII only: a NUL or a space within a name has served to make two readers see two names.
    private static String text(ASN1TaggedObject name) throws MalformedNameException {
        String text = ASN1IA5String.getInstance(name, false).getString();
        if (text.isEmpty() || !Ascii.isPrintable(text)) {
            throw new MalformedNameException(NameFailure.MALFORMED, "a name in it is empty or not printable ASCII");
        }
        return text;
    }

    private static ASN1Primitive encode(GeneralName name) {
        return switch (name) {
            case GeneralName.Rfc822(String mailbox) -> tagged(1, new DERIA5String(mailbox, true));
            case GeneralName.Dns(String host) -> tagged(2, new DERIA5String(host, true));
            case GeneralName.Ip(var address) -> tagged(7, new DEROctetString(address.getAddress()));
            case GeneralName.Uri(String uri) -> tagged(6, new DERIA5String(uri, true));
            // A CHOICE cannot be tagged implicitly (X.680 section 31.2.7), so directoryName alone is explicit.
            case GeneralName.Directory(X500Principal principal) ->
                new DERTaggedObject(true, 4, X500Name.getInstance(principal.getEncoded()));
            case GeneralName.Other other -> encode(other);
        };
    }

    private static ASN1Primitive encode(GeneralName.Other other) {
        try {
            return ASN1Primitive.fromByteArray(other.der());
        } catch (IOException e) {
            throw new IllegalArgumentException("a general name that is not DER", e);
        }
    }

    private static DERTaggedObject tagged(int tag, ASN1Encodable value) {
        return new DERTaggedObject(false, tag, value);
    }

    private static MalformedNameException malformed(MalformedDerException e) {
        return new MalformedNameException(NameFailure.MALFORMED, "malformed GeneralNames: " + e.getMessage(), e);
    }
}
