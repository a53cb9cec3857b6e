package org.chancery.pki.request;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.name.MalformedNameException;

/// What a request's extensionRequest attribute (RFC 2985 section 5.4.2) asks for.
///
/// @param extensions in the order asked
/// @param names of the subjectAlternativeName; empty if none is asked for
/// @param authority whether the requester wants to be a CA
record RequestedExtensions(
        List<org.chancery.pki.certificate.Extension> extensions, List<GeneralName> names, boolean authority) {
    private static final RequestedExtensions NONE = new RequestedExtensions(List.of(), List.of(), false);

    RequestedExtensions {
        extensions = List.copyOf(extensions);
        names = List.copyOf(names);
    }

    /// Asks for these names and for nothing else.
    static RequestedExtensions ofNames(List<GeneralName> names) {
        return new RequestedExtensions(
                names.isEmpty()
                        ? List.of()
                        : List.of(org.chancery.pki.certificate.Extensions.subjectAlternativeName(names, false)),
                names,
                false);
    }

    /// Attributes of other types are passed over: nothing is ever taken from them.
    static RequestedExtensions read(ASN1Set attributes) throws IOException, MalformedNameException {
        List<Attribute> requests = Stream.of(attributes.toArray())
                .map(Attribute::getInstance)
                .filter(attribute -> attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest))
                .toList();
        if (requests.isEmpty()) {
            return NONE;
        }
        ASN1Set values = requests.getFirst().getAttrValues();
        if (requests.size() > 1 || values.size() != 1) {
            throw new IOException("extensionRequest is single-valued and comes once");
        }
        return read(Extensions.getInstance(values.getObjectAt(0)));
    }

    private static RequestedExtensions read(Extensions extensions) throws IOException, MalformedNameException {
        List<org.chancery.pki.certificate.Extension> asked = Stream.of(extensions.getExtensionOIDs())
                .map(extensions::getExtension)
                .map(extension -> new org.chancery.pki.certificate.Extension(
                        extension.getExtnId().getId(),
                        extension.isCritical(),
                        extension.getExtnValue().getOctets()))
                .toList();
        Optional<byte[]> names = value(extensions, Extension.subjectAlternativeName);
        return new RequestedExtensions(
                asked, names.isPresent() ? GeneralNames.parse(names.get()) : List.of(), asksForAuthority(extensions));
    }

    private static boolean asksForAuthority(Extensions extensions) {
        var constraints = extensions.getExtensionParsedValue(Extension.basicConstraints);
        if (constraints != null && BasicConstraints.getInstance(constraints).isCA()) {
            return true;
        }
        var usage = extensions.getExtensionParsedValue(Extension.keyUsage);
        if (usage == null) {
            return false;
        }
        KeyUsage asked = KeyUsage.getInstance(ASN1BitString.getInstance(usage));
        return asked.hasUsages(KeyUsage.keyCertSign) || asked.hasUsages(KeyUsage.cRLSign);
    }

    private static Optional<byte[]> value(Extensions extensions, ASN1ObjectIdentifier oid) {
        var extension = extensions.getExtension(oid);
        return extension == null
                ? Optional.empty()
                : Optional.of(extension.getExtnValue().getOctets());
    }
}
