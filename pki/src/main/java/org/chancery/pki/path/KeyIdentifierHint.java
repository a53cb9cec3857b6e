package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;
import org.jspecify.annotations.Nullable;

/// Key identifiers as a hint to which of several equally named issuers signed a certificate.
final class KeyIdentifierHint {
    private KeyIdentifierHint() {}

    /// Whether they agree; also if one of the two says nothing.
    static boolean fit(X509Certificate subject, X509Certificate issuer) {
        Optional<byte[]> wanted = keyIdentifier(
                subject,
                Extension.authorityKeyIdentifier.getId(),
                octets -> AuthorityKeyIdentifier.getInstance(octets).getKeyIdentifierOctets());
        Optional<byte[]> offered = keyIdentifier(
                issuer,
                Extension.subjectKeyIdentifier.getId(),
                octets -> SubjectKeyIdentifier.getInstance(octets).getKeyIdentifier());
        return wanted.isEmpty() || offered.isEmpty() || Arrays.equals(wanted.get(), offered.get());
    }

    private static Optional<byte[]> keyIdentifier(X509Certificate certificate, String oid, Field field) {
        byte[] wrapped = certificate.getExtensionValue(oid);
        if (wrapped == null) {
            return Optional.empty();
        }
        try {
            return Der.read(
                    wrapped,
                    value -> Optional.ofNullable(
                            field.of(ASN1OctetString.getInstance(value).getOctets())));
        } catch (MalformedDerException e) {
            // A hint that cannot be read is no hint; the certificate is judged by everything else.
            return Optional.empty();
        }
    }

    private interface Field {
        byte @Nullable [] of(byte[] extensionDer);
    }
}
