package org.chancery.dist.simulation;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;

/// The platform's RSA signatures, whose salts come from a seed: signed octets are hashed to ids, and those put in
/// order.
@SuppressWarnings("serial") // never serialised
final class SeededSignatures extends Provider {
    SeededSignatures(SecureRandom random) {
        super("Seeded", "1", "signatures that a seed determines");
        for (String algorithm : List.of("RSASSA-PSS", "SHA256withRSA")) {
            putService(new Service(this, "Signature", algorithm, Seeded.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    return new Seeded(Signature.getInstance(algorithm), random);
                }
            });
        }
    }

    private static final class Seeded extends SignatureSpi {
        private final Signature platform;
        private final SecureRandom random;

        Seeded(Signature platform, SecureRandom random) {
            this.platform = platform;
            this.random = random;
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            platform.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            platform.initSign(key, random);
        }

        @Override
        protected void engineUpdate(byte octet) throws SignatureException {
            platform.update(octet);
        }

        @Override
        protected void engineUpdate(byte[] octets, int from, int length) throws SignatureException {
            platform.update(octets, from, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return platform.sign();
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            return platform.verify(signature);
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
            platform.setParameter(parameters);
        }

        @Override
        @SuppressWarnings("deprecation") // the type wants it
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("deprecation") // the type wants it
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
