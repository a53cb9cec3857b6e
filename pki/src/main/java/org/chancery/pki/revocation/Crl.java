package org.chancery.pki.revocation;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.signature.SignedStructure;

/// A complete certificate revocation list, version 2, of one issuer (RFC 5280 section 5). Immutable.
///
/// That it was read says nothing of who made it: ask [#verifiedBy] before believing it.
public final class Crl {
    /// Some 300,000 entries: far beyond an authority of ours, and read in a second or two.
    public static final int MAX_OCTETS = 16 * 1024 * 1024;

    private final byte[] der;
    private final SignedStructure signed;
    private final CrlHeader header;
    private final Map<SerialNumber, RevokedCertificate> entries;

    Crl(byte[] der, SignedStructure signed, CrlHeader header, Map<SerialNumber, RevokedCertificate> entries) {
        this.der = der;
        this.signed = signed;
        this.header = header;
        this.entries = Collections.unmodifiableMap(entries);
    }

    /// Reads a CRL in DER.
    ///
    /// @throws MalformedCrlException if it exceeds [#MAX_OCTETS], is no CRL of version 2 with nextUpdate and
    ///     CRLNumber, is a delta or partitioned one, or has a critical extension that is not known
    public static Crl parse(byte[] der) throws MalformedCrlException {
        if (der.length > MAX_OCTETS) {
            throw new MalformedCrlException(
                    CrlFailure.TOO_LARGE, "CRL of %d octets, at most %d".formatted(der.length, MAX_OCTETS));
        }
        return CrlReader.read(der.clone());
    }

    /// Whether this CRL was made by the subject of a certificate: its name, its key, and cRLSign where the
    /// certificate restricts the key's usage. Whether that certificate is to be trusted is another question.
    public boolean verifiedBy(X509Certificate issuer) {
        return header.issuer().equals(issuer.getSubjectX500Principal())
                && KeyUsage.CRL_SIGN.isAllowedBy(issuer)
                && signed.verifiedBy(issuer.getPublicKey());
    }

    /// The entry of a certificate; empty if it is not revoked.
    public Optional<RevokedCertificate> find(SerialNumber serialNumber) {
        return Optional.ofNullable(entries.get(serialNumber));
    }

    /// The name of who says it made this.
    public X500Principal issuer() {
        return header.issuer();
    }

    /// CRLNumber: grows with every CRL of the issuer (RFC 5280 section 5.2.3).
    public BigInteger number() {
        return header.number();
    }

    /// When it was made.
    public Instant thisUpdate() {
        return header.thisUpdate();
    }

    /// When there will be a newer one at the latest.
    public Instant nextUpdate() {
        return header.nextUpdate();
    }

    /// Everything revoked, in the order of the list.
    public Collection<RevokedCertificate> entries() {
        return entries.values();
    }

    /// The list as received.
    public byte[] der() {
        return der.clone();
    }

    @Override
    public String toString() {
        return "Crl[%s, number %s, %s to %s, %d entries]"
                .formatted(issuer().getName(), number(), thisUpdate(), nextUpdate(), entries.size());
    }
}
