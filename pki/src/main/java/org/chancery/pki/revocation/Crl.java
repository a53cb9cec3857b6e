package org.chancery.pki.revocation;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.signature.SignedStructure;
import org.jspecify.annotations.Nullable;

/// A certificate revocation list (RFC 5280 section 5): complete within its [#scope], or a delta to such a
/// one. Immutable and thread safe.
///
/// That it was read says nothing of who made it: ask [#signedBy] before believing it.
public final class Crl {
    /// Some 300,000 entries: far beyond an authority of ours, and read in a second or two.
    public static final int MAX_OCTETS = 16 * 1024 * 1024;

    private final byte[] der;
    private final SignedStructure signed;
    private final CrlHeader header;
    private final CrlEntries entries;

    /// The key that was seen to have signed this. Handshakes ask again and again, and a long list takes a
    /// while to hash. Only what holds is remembered: a list is signed by one key, and strangers' keys must
    /// not drive it out.
    private volatile @Nullable PublicKey signer;

    private volatile @Nullable CrlFingerprint fingerprint;

    Crl(byte[] der, SignedStructure signed, CrlHeader header, CrlEntries entries) {
        this.der = der;
        this.signed = signed;
        this.header = header;
        this.entries = entries;
    }

    /// Reads a CRL in DER.
    ///
    /// @throws MalformedCrlException if it exceeds [#MAX_OCTETS], is not of the form of RFC 5280 section 5,
    /// or has a critical extension that is not known
    public static Crl parse(byte[] der) throws MalformedCrlException {
        if (der.length > MAX_OCTETS) {
            throw new MalformedCrlException(
                    CrlFailure.TOO_LARGE, "CRL of %d octets, at most %d".formatted(der.length, MAX_OCTETS));
        }
        return CrlReader.read(der.clone());
    }

    /// Whether this CRL was made by the subject of a certificate: its name, its key, and cRLSign where the
    /// certificate restricts the key's usage. Whether that certificate is to be trusted is another
    /// question.
    public boolean verifiedBy(X509Certificate issuer) {
        return header.issuer().equals(issuer.getSubjectX500Principal())
                && KeyUsage.CRL_SIGN.isAllowedBy(issuer)
                && signedBy(issuer.getPublicKey());
    }

    /// Whether the signature is by this key.
    public boolean signedBy(PublicKey key) {
        if (key.equals(signer)) {
            return true;
        }
        boolean holds = signed.verifiedBy(key);
        if (holds) {
            signer = key;
        }
        return holds;
    }

    /// The entry of a certificate of this list's own issuer; empty if it is not listed.
    public Optional<RevokedCertificate> find(SerialNumber serialNumber) {
        return entries.find(header.issuer(), serialNumber);
    }

    /// The entry of a certificate of any issuer, as an indirect list has them; empty if it is not listed.
    public Optional<RevokedCertificate> find(X500Principal certificateIssuer, SerialNumber serialNumber) {
        return entries.find(certificateIssuer, serialNumber);
    }

    /// The lists of which this is one issue.
    public CrlLine line() {
        return new CrlLine(header.issuer(), header.authorityKeyIdentifier(), header.scope(), isDelta());
    }

    /// What it speaks of; [CrlScope#COMPLETE] where it does not limit itself.
    public CrlScope scope() {
        return header.scope();
    }

    /// Whether it only tells what has changed since another list (RFC 5280 section 5.2.4).
    public boolean isDelta() {
        return header.baseNumber().isPresent();
    }

    /// BaseCRLNumber of a delta: any list of the same scope with this number or a higher one can be brought
    /// up to date by it.
    public Optional<BigInteger> baseNumber() {
        return header.baseNumber();
    }

    /// The identifier of the key that it says signed it, in lower-case hex; empty if it does not say.
    public Optional<String> authorityKeyIdentifier() {
        return header.authorityKeyIdentifier();
    }

    /// From when on revoked certificates stay listed after they have expired (expiredCertsOnCRL); empty if
    /// it does not say that they do.
    public Optional<Instant> expiredSince() {
        return header.expiredSince();
    }

    /// The name of who says it made this.
    public X500Principal issuer() {
        return header.issuer();
    }

    /// CRLNumber: grows with every CRL of the issuer (RFC 5280 section 5.2.3). Zero in version 1, which has
    /// none.
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
        return entries.inOrder();
    }

    /// How many octets it has.
    public int length() {
        return der.length;
    }

    /// By what it is known again. Hashes the list when it is asked for first.
    public CrlFingerprint fingerprint() {
        CrlFingerprint known = fingerprint;
        if (known == null) {
            known = CrlFingerprint.of(der);
            fingerprint = known;
        }
        return known;
    }

    /// Some octets of the list as received, which can only be read, and are no copy: for handing a long one to
    /// many.
    ///
    /// @throws IndexOutOfBoundsException if there are fewer
    public ByteBuffer part(int offset, int count) {
        return ByteBuffer.wrap(der, offset, count).slice().asReadOnlyBuffer();
    }

    /// The list as received.
    public byte[] der() {
        return der.clone();
    }

    @Override
    public String toString() {
        return "%s[%s, number %s, %s to %s, %d entries]"
                .formatted(
                        isDelta() ? "DeltaCrl" : "Crl",
                        issuer().getName(),
                        number(),
                        thisUpdate(),
                        nextUpdate(),
                        entries.inOrder().size());
    }
}
