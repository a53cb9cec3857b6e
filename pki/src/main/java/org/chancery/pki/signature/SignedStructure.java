package org.chancery.pki.signature;

import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.asn1.DERBitString;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.key.SigningKey;

/// The outermost shape of certificates, CRLs (RFC 5280 sections 4.1.1 and 5.1.1) and requests (RFC 2986 section 4.2):
///
/// ```
/// SEQUENCE { toBeSigned ANY, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
/// ```
///
/// Immutable, and the one place that signs such structures.
public final class SignedStructure {
    private final byte[] toBeSignedDer;
    private final byte[] algorithmIdentifierDer;
    private final byte[] signature;

    private SignedStructure(byte[] toBeSignedDer, byte[] algorithmIdentifierDer, byte[] signature) {
        this.toBeSignedDer = toBeSignedDer;
        this.algorithmIdentifierDer = algorithmIdentifierDer;
        this.signature = signature;
    }

    /// Signs by the scheme that the key signs certificates with, and verifies the signature before letting it out:
    /// a fault in a signature can give the key away, and mismatched halves of a key would make a structure nobody
    /// can verify.
    ///
    /// @throws IllegalStateException if the key's own public half does not verify the signature
    public static byte[] sign(byte[] toBeSignedDer, SigningKey key) {
        SignatureScheme scheme = SignatureScheme.forCertificates(key.publicKey());
        byte[] signature = key.sign(scheme, toBeSignedDer);
        SignedStructure signed = new SignedStructure(toBeSignedDer, scheme.algorithmIdentifierDer(), signature);
        if (!signed.verifier().orElseThrow().verify(key.publicKey(), toBeSignedDer, signature)) {
            throw new IllegalStateException("the signature just made does not verify: the key is damaged");
        }
        return signed.der();
    }

    /// As it would be signed, with no bit where the signature will be: to be looked at before.
    public static byte[] unsigned(byte[] toBeSignedDer, PublicKey key) {
        byte[] algorithm = SignatureScheme.forCertificates(key).algorithmIdentifierDer();
        return new SignedStructure(toBeSignedDer, algorithm, new byte[0]).der();
    }

    private byte[] der() {
        return Der.sequence(toBeSignedDer, algorithmIdentifierDer, Der.encode(new DERBitString(signature)));
    }

    /// Takes a structure apart; nothing is verified yet.
    ///
    /// @throws MalformedDerException if it is not of this shape, or the signature is not of whole octets
    public static SignedStructure parse(byte[] der) throws MalformedDerException {
        DerCursor outside = DerCursor.of(der);
        DerCursor parts = outside.enter(DerCursor.SEQUENCE);
        SignedStructure structure = read(parts);
        parts.end();
        return structure;
    }

    /// As [#parse], and refuses what is not encoded the distinguished way.
    ///
    /// @throws MalformedDerException also if it is BER
    public static SignedStructure parseStrictly(byte[] der) throws MalformedDerException {
        Der.readStrictly(der, primitive -> primitive);
        return parse(der);
    }

    /// Reads the three parts where something may follow them: a BasicOCSPResponse has certificates there (RFC 6960
    /// section 4.2.1).
    ///
    /// @throws MalformedDerException if they are not of this shape
    public static SignedStructure read(DerCursor parts) throws MalformedDerException {
        return new SignedStructure(parts.value(DerCursor.SEQUENCE), parts.value(DerCursor.SEQUENCE), parts.bitString());
    }

    /// The verifier for the declared algorithm; empty if it is unknown or too weak.
    public Optional<SignatureVerifier> verifier() {
        return SignatureVerifier.of(algorithmIdentifierDer);
    }

    /// Whether the signature is by this key, under an algorithm good enough.
    public boolean verifiedBy(PublicKey key) {
        return verifier()
                .map(verifier -> verifier.verify(key, toBeSignedDer, signature))
                .orElse(false);
    }

    /// The signed part.
    public byte[] toBeSignedDer() {
        return toBeSignedDer.clone();
    }

    /// The algorithm as declared outside the signed part.
    public byte[] algorithmIdentifierDer() {
        return algorithmIdentifierDer.clone();
    }
}
