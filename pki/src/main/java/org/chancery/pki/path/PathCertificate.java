package org.chancery.pki.path;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.key.KeyPolicy;
import org.chancery.pki.key.PublicKeys;
import org.chancery.pki.key.WeakKeyException;
import org.chancery.pki.name.CanonicalName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;
import org.jspecify.annotations.Nullable;

/// One certificate as it is judged, its DER read once. Immutable; compared by the certificate.
///
/// Reading never fails: what cannot be read has a [#fault], which the first rule refuses before another
/// rule looks at it, so that a garbled stranger among the untrusted hinders nobody.
final class PathCertificate {
    private final X509Certificate certificate;
    private final @Nullable CertificateFields fields;
    private final @Nullable String fault;
    private final @Nullable PublicKey publicKey;
    private final @Nullable String keyFault;
    private final CanonicalName subject;
    private final CanonicalName issuer;

    private PathCertificate(
            X509Certificate certificate,
            CertificateFields fields,
            @Nullable PublicKey publicKey,
            @Nullable String keyFault) {
        this.certificate = certificate;
        this.fields = fields;
        this.fault = null;
        this.publicKey = publicKey;
        this.keyFault = keyFault;
        this.subject = fields.subject();
        this.issuer = fields.issuer();
    }

    private PathCertificate(X509Certificate certificate, String fault) {
        this.certificate = certificate;
        this.fields = null;
        this.fault = fault;
        this.publicKey = null;
        this.keyFault = null;
        this.subject = name(certificate.getSubjectX500Principal());
        this.issuer = name(certificate.getIssuerX500Principal());
    }

    private static CanonicalName name(X500Principal principal) {
        try {
            return CanonicalName.parse(principal.getEncoded());
        } catch (MalformedNameException e) {
            // That it is faulty is known already; without a name it can be nobody's issuer.
            return CanonicalName.EMPTY;
        }
    }

    /// Reads a certificate.
    static PathCertificate of(X509Certificate certificate) {
        CertificateFields fields;
        try {
            fields = CertificateFields.parse(Certificates.der(certificate));
        } catch (MalformedDerException | MalformedNameException e) {
            return new PathCertificate(certificate, String.valueOf(e.getMessage()));
        }
        try {
            PublicKey key = PublicKeys.parse(fields.subjectPublicKeyInfo());
            KeyPolicy.ACCEPT.check(key);
            return new PathCertificate(certificate, fields, key, null);
        } catch (WeakKeyException e) {
            return new PathCertificate(certificate, fields, null, e.getMessage());
        }
    }

    /// As it came and goes out again.
    X509Certificate certificate() {
        return certificate;
    }

    /// Why it cannot be judged at all; nothing but names and [#certificate] may be asked then.
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /// Whether [#fields] may be asked.
    boolean isReadable() {
        return fields != null;
    }

    /// What it says.
    ///
    /// @throws IllegalStateException if it is not [#isReadable]
    CertificateFields fields() {
        if (fields == null) {
            throw new IllegalStateException("a certificate that cannot be read: " + fault);
        }
        return fields;
    }

    PathExtensions extensions() {
        return fields().extensions();
    }

    CanonicalName subject() {
        return subject;
    }

    CanonicalName issuer() {
        return issuer;
    }

    /// Issued under its own name; by its own key or, at a change of keys, by another (RFC 5280 section
    /// 3.2).
    boolean isSelfIssued() {
        return subject.equals(issuer);
    }

    /// Everything it says it is: the subject unless that is empty, the subjectAltNames, the mailboxes of
    /// the subject.
    List<GeneralName> names() {
        List<GeneralName> names = new ArrayList<>(extensions().subjectAlternativeNames());
        if (!subject.isEmpty()) {
            names.add(new GeneralName.Directory(certificate.getSubjectX500Principal()));
        }
        fields().subjectMailboxes().forEach(mailbox -> names.add(new GeneralName.Rfc822(mailbox)));
        return names;
    }

    /// Whether basicConstraints make it a certificate authority.
    boolean isAuthority() {
        return fault == null
                && extensions()
                        .basicConstraints()
                        .map(BasicConstraints::isAuthority)
                        .orElse(false);
    }

    /// Whether its key may do this; one that does not say lets it do everything.
    boolean allows(KeyUsage usage) {
        return extensions().keyUsage().map(usages -> usages.contains(usage)).orElse(true);
    }

    /// Empty if the key is of no kind that is known, garbled or weak; [#keyFault] says why.
    Optional<PublicKey> publicKey() {
        return Optional.ofNullable(publicKey);
    }

    Optional<String> keyFault() {
        return Optional.ofNullable(keyFault);
    }

    /// Whether the issuer's key identifier is what this one says it is; also if one of the two says
    /// nothing. A hint, no ground for refusal (RFC 5280 section 4.2.1.1).
    boolean pointsTo(PathCertificate possibleIssuer) {
        if (fault != null || possibleIssuer.fault != null) {
            return false;
        }
        Optional<KeyIdentifier> wanted = extensions().authorityKeyIdentifier();
        Optional<KeyIdentifier> offered = possibleIssuer.extensions().subjectKeyIdentifier();
        return wanted.isEmpty()
                || offered.isEmpty()
                || wanted.get().octets() == null
                || wanted.get().isSameKeyAs(offered.get());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathCertificate that && certificate.equals(that.certificate);
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().getName();
    }
}
