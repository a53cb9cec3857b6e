package org.chancery.pki.signature;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;
import org.jspecify.annotations.Nullable;

/// Verifies what others signed, by the algorithm they declare: RSA (PKCS #1 v1.5 or PSS) and ECDSA with SHA-256,
/// SHA-384 or SHA-512. SHA-1, MD5 and everything else has no verifier, so there is nothing to forget to refuse.
public final class SignatureVerifier {
    private static final Map<ASN1ObjectIdentifier, String> RSA_PKCS1 = Map.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption, "SHA256withRSA",
            PKCSObjectIdentifiers.sha384WithRSAEncryption, "SHA384withRSA",
            PKCSObjectIdentifiers.sha512WithRSAEncryption, "SHA512withRSA");

    private static final Map<ASN1ObjectIdentifier, String> ECDSA = Map.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256, "SHA256withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA384, "SHA384withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA512, "SHA512withECDSA");

    private static final Map<ASN1ObjectIdentifier, MGF1ParameterSpec> PSS_HASHES = Map.of(
            NISTObjectIdentifiers.id_sha256, MGF1ParameterSpec.SHA256,
            NISTObjectIdentifiers.id_sha384, MGF1ParameterSpec.SHA384,
            NISTObjectIdentifiers.id_sha512, MGF1ParameterSpec.SHA512);

    /// The longest salt an 8192-bit key has room for.
    private static final int MAX_SALT_LENGTH = 8192 / 8;

    private final String jcaName;
    private final Class<?> keyKind;
    private final @Nullable PSSParameterSpec parameters;

    private SignatureVerifier(String jcaName, Class<?> keyKind, @Nullable PSSParameterSpec parameters) {
        this.jcaName = jcaName;
        this.keyKind = keyKind;
        this.parameters = parameters;
    }

    /// The verifier for an AlgorithmIdentifier; empty if it is malformed, unknown or too weak.
    public static Optional<SignatureVerifier> of(byte[] algorithmIdentifierDer) {
        try {
            return Der.readStrictly(
                    algorithmIdentifierDer, algorithm -> of(AlgorithmIdentifier.getInstance(algorithm)));
        } catch (MalformedDerException e) {
            // An algorithm that cannot be read is one that is not supported.
            return Optional.empty();
        }
    }

    private static Optional<SignatureVerifier> of(AlgorithmIdentifier algorithm) throws IOException {
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        ASN1Encodable parameters = algorithm.getParameters();
        if (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return pss(RSASSAPSSparams.getInstance(parameters));
        }
        // RFC 4055 section 5: NULL for PKCS #1 (absent is met in the wild); RFC 5758 section 3.2: absent for ECDSA.
        boolean absent = parameters == null;
        if (RSA_PKCS1.containsKey(oid) && (absent || DERNull.INSTANCE.equals(parameters))) {
            return Optional.of(new SignatureVerifier(RSA_PKCS1.get(oid), RSAKey.class, null));
        }
        if (ECDSA.containsKey(oid) && absent) {
            return Optional.of(new SignatureVerifier(ECDSA.get(oid), ECKey.class, null));
        }
        return Optional.empty();
    }

    private static Optional<SignatureVerifier> pss(RSASSAPSSparams declared) {
        AlgorithmIdentifier hash = declared.getHashAlgorithm();
        AlgorithmIdentifier maskGeneration = declared.getMaskGenAlgorithm();
        MGF1ParameterSpec mgf1 = PSS_HASHES.get(hash.getAlgorithm());
        boolean oneHash = maskGeneration.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && AlgorithmIdentifier.getInstance(maskGeneration.getParameters())
                        .getAlgorithm()
                        .equals(hash.getAlgorithm());
        int saltLength = declared.getSaltLength().intValueExact();
        if (mgf1 == null
                || !oneHash
                || saltLength < 0
                || saltLength > MAX_SALT_LENGTH
                || !RSASSAPSSparams.DEFAULT_TRAILER_FIELD.getValue().equals(declared.getTrailerField())) {
            return Optional.empty();
        }
        return Optional.of(new SignatureVerifier(
                "RSASSA-PSS",
                RSAKey.class,
                new PSSParameterSpec(
                        mgf1.getDigestAlgorithm(), "MGF1", mgf1, saltLength, PSSParameterSpec.TRAILER_FIELD_BC)));
    }

    /// Whether the signature over the data is by this key. A key of another kind or a garbled signature is a plain
    /// no.
    public boolean verify(PublicKey key, byte[] data, byte[] signature) {
        if (!keyKind.isInstance(key)) {
            return false;
        }
        try {
            Signature verification = Signature.getInstance(jcaName);
            if (parameters != null) {
                verification.setParameter(parameters);
            }
            verification.initVerify(key);
            verification.update(data);
            return verification.verify(signature);
        } catch (GeneralSecurityException e) {
            // The JCA throws where a signature is not even of the right form, or a key too short for its hash and
            // salt.
            return false;
        }
    }
}
