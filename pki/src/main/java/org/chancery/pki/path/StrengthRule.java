package org.chancery.pki.path;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.key.KeyPolicy;
import org.chancery.pki.key.WeakKeyException;
import org.jspecify.annotations.Nullable;

/// Every key of the path, the anchor's too, is one we accept, and every signature is RSA or ECDSA over
/// SHA-2. A list of what is allowed: MD5 and SHA-1 are not on it, and neither is what comes next.
final class StrengthRule implements PathRule {
    private static final Set<String> SIGNATURES = Set.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption.getId(),
            PKCSObjectIdentifiers.sha384WithRSAEncryption.getId(),
            PKCSObjectIdentifiers.sha512WithRSAEncryption.getId(),
            X9ObjectIdentifiers.ecdsa_with_SHA256.getId(),
            X9ObjectIdentifiers.ecdsa_with_SHA384.getId(),
            X9ObjectIdentifiers.ecdsa_with_SHA512.getId());

    private static final Set<String> PSS_DIGESTS = Set.of(
            NISTObjectIdentifiers.id_sha256.getId(),
            NISTObjectIdentifiers.id_sha384.getId(),
            NISTObjectIdentifiers.id_sha512.getId());

    @Override
    public void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        List<X509Certificate> all =
                path.withAnchor().stream().map(PathCertificate::certificate).toList();
        for (int i = 0; i < all.size(); i++) {
            try {
                KeyPolicy.ACCEPT.check(all.get(i).getPublicKey());
            } catch (WeakKeyException e) {
                throw new PathValidationException(PathFailure.WEAK_KEY, i, String.valueOf(e.getMessage()));
            }
        }
        for (int i = 0; i < path.length(); i++) {
            X509Certificate certificate = path.certificates().get(i).certificate();
            if (!isStrong(certificate)) {
                throw new PathValidationException(
                        PathFailure.WEAK_SIGNATURE,
                        i,
                        "signed with " + certificate.getSigAlgName() + ", SHA-2 required");
            }
        }
    }

    private static boolean isStrong(X509Certificate certificate) {
        String oid = certificate.getSigAlgOID();
        return SIGNATURES.contains(oid)
                || (oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS.getId())
                        && isStrongPss(certificate.getSigAlgParams()));
    }

    /// The parameters' defaults are SHA-1 (RFC 4055 section 3.1), so absent ones are weak.
    private static boolean isStrongPss(byte @Nullable [] parametersDer) {
        if (parametersDer == null) {
            return false;
        }
        try {
            return Der.read(
                    parametersDer,
                    primitive -> PSS_DIGESTS.contains(RSASSAPSSparams.getInstance(primitive)
                            .getHashAlgorithm()
                            .getAlgorithm()
                            .getId()));
        } catch (MalformedDerException e) {
            return false;
        }
    }
}
