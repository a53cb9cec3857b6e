package org.chancery.pki.key;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;
import org.chancery.pki.name.DeviceId;
import org.jspecify.annotations.Nullable;

/// A private key that signs, with its public half. Thread safe.
///
/// The private half may live in another provider (a smart card); signing then goes there. It leaves this type only by
/// [#exposedPrivateKey].
public final class SigningKey {
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final @Nullable Provider provider;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey, @Nullable Provider provider) {
        if (!areOneKind(privateKey, publicKey)) {
            throw new IllegalArgumentException("the private and the public key are not halves of one pair");
        }
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.provider = provider;
    }

    /// A key that any installed provider may sign with.
    ///
    /// @throws IllegalArgumentException if the halves plainly do not belong together
    public static SigningKey of(PrivateKey privateKey, PublicKey publicKey) {
        return new SigningKey(privateKey, publicKey, null);
    }

    /// A key that only `provider` can sign with.
    ///
    /// @throws IllegalArgumentException if the halves plainly do not belong together
    public static SigningKey of(PrivateKey privateKey, PublicKey publicKey, Provider provider) {
        return new SigningKey(privateKey, publicKey, provider);
    }

    /// Signs data; the scheme hashes it.
    ///
    /// @throws IllegalArgumentException if the scheme is for another kind of key
    /// @throws ProviderException if the provider fails, as a smart card that was pulled out does
    public byte[] sign(SignatureScheme scheme, byte[] data) {
        if (!scheme.suits(publicKey)) {
            throw new IllegalArgumentException(
                    "%s cannot sign by a key of %s".formatted(scheme, publicKey.getAlgorithm()));
        }
        try {
            Signature signature = provider == null
                    ? Signature.getInstance(scheme.jcaName())
                    : Signature.getInstance(scheme.jcaName(), provider);
            var parameters = scheme.jcaParameters();
            if (parameters.isPresent()) {
                signature.setParameter(parameters.get());
            }
            signature.initSign(privateKey);
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new ProviderException("cannot sign by " + scheme, e);
        }
    }

    /// The half that may be known.
    public PublicKey publicKey() {
        return publicKey;
    }

    /// The device this key makes.
    public DeviceId deviceId() {
        return DeviceId.of(publicKey);
    }

    /// The provider that holds the private half; empty for a key that any may sign with.
    public Optional<Provider> provider() {
        return Optional.ofNullable(provider);
    }

    /// The private half, for a keystore to write, TLS to prove and envelopes to be unwrapped with; nothing else.
    public PrivateKey exposedPrivateKey() {
        return privateKey;
    }

    /// The halves compared as far as their public numbers go: a token's private key shows no more.
    private static boolean areOneKind(PrivateKey privateKey, PublicKey publicKey) {
        if (privateKey instanceof RSAKey mine && publicKey instanceof RSAKey theirs) {
            return mine.getModulus().equals(theirs.getModulus());
        }
        if (privateKey instanceof ECKey mine && publicKey instanceof ECKey theirs) {
            return mine.getParams().getCurve().equals(theirs.getParams().getCurve());
        }
        return privateKey.getAlgorithm().equals(publicKey.getAlgorithm());
    }

    @Override
    public String toString() {
        return "SigningKey[" + publicKey.getAlgorithm() + ", device " + deviceId() + "]";
    }
}
