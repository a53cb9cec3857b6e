package org.chancery.pki.key;

import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.der.Der;

/// The signatures this program makes. Certificates, CRLs and requests take [#forCertificates], which every tool
/// reads; SignedData by an RSA key takes PSS.
public enum SignatureScheme {
    /// sha256WithRSAEncryption (RFC 4055 section 5).
    RSA_PKCS1_SHA256("SHA256withRSA"),
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 octets (RFC 4055 section 3).
    RSA_PSS_SHA256("RSASSA-PSS"),
    /// ecdsa-with-SHA256 (RFC 5758 section 3.2), for P-256.
    ECDSA_SHA256("SHA256withECDSA"),
    /// ecdsa-with-SHA384 (RFC 5758 section 3.2), for P-384.
    ECDSA_SHA384("SHA384withECDSA");

    private static final int PSS_SALT_LENGTH = 32;

    private final String jcaName;

    SignatureScheme(String jcaName) {
        this.jcaName = jcaName;
    }

    /// The scheme that a key signs certificates, CRLs and requests with.
    ///
    /// @throws IllegalArgumentException if the key is neither RSA nor EC
    public static SignatureScheme forCertificates(PublicKey key) {
        return switch (key) {
            case RSAKey _ -> RSA_PKCS1_SHA256;
            case ECKey ec -> forCurve(ec);
            default -> throw unsuitable(key);
        };
    }

    /// The scheme that a key signs messages and other SignedData with.
    ///
    /// @throws IllegalArgumentException if the key is neither RSA nor EC
    public static SignatureScheme forSignedData(PublicKey key) {
        return switch (key) {
            case RSAKey _ -> RSA_PSS_SHA256;
            case ECKey ec -> forCurve(ec);
            default -> throw unsuitable(key);
        };
    }

    /// Whether a key can sign or verify under this scheme.
    public boolean suits(PublicKey key) {
        return switch (this) {
            case RSA_PKCS1_SHA256, RSA_PSS_SHA256 -> key instanceof RSAKey;
            case ECDSA_SHA256, ECDSA_SHA384 -> key instanceof ECKey;
        };
    }

    /// The AlgorithmIdentifier that names this scheme in a signed structure.
    public byte[] algorithmIdentifierDer() {
        return Objects.requireNonNull(Encoded.ALGORITHMS.get(this)).clone();
    }

    /// Made once: they are asked for with every letter.
    private static final class Encoded {
        private static final Map<SignatureScheme, byte[]> ALGORITHMS = algorithms();

        private static Map<SignatureScheme, byte[]> algorithms() {
            Map<SignatureScheme, byte[]> algorithms = new EnumMap<>(SignatureScheme.class);
            for (SignatureScheme scheme : values()) {
                algorithms.put(scheme, scheme.encoded());
            }
            return algorithms;
        }
    }

    private byte[] encoded() {
        return Der.encode(
                switch (this) {
                    case RSA_PKCS1_SHA256 ->
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
                    case RSA_PSS_SHA256 ->
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, pssParameters());
                    case ECDSA_SHA256 -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
                    case ECDSA_SHA384 -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
                });
    }

    String jcaName() {
        return jcaName;
    }

    Optional<PSSParameterSpec> jcaParameters() {
        return this == RSA_PSS_SHA256
                ? Optional.of(new PSSParameterSpec(
                        "SHA-256",
                        "MGF1",
                        MGF1ParameterSpec.SHA256,
                        PSS_SALT_LENGTH,
                        PSSParameterSpec.TRAILER_FIELD_BC))
                : Optional.empty();
    }

    private static SignatureScheme forCurve(ECKey key) {
        return EllipticCurve.P384.isCurveOf(key.getParams()) ? ECDSA_SHA384 : ECDSA_SHA256;
    }

    private static IllegalArgumentException unsuitable(PublicKey key) {
        return new IllegalArgumentException("no signature scheme for a key of " + key.getAlgorithm());
    }

    private static RSASSAPSSparams pssParameters() {
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        return new RSASSAPSSparams(
                sha256,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256),
                new ASN1Integer(PSS_SALT_LENGTH),
                RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
    }
}
