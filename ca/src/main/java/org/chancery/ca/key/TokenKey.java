package org.chancery.ca.key;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Passphrase;

/// A key on a token: made there, used there, and never seen outside.
///
/// What lies on the token for good is a private key with its certificate, under one label: the JDK sees no key
/// without. A key being made lives in the session until its certificate is there, and is gone if the program
/// is.
public record TokenKey(Pkcs11Uri uri) implements CaKey {
    @Override
    public boolean present() {
        return true;
    }

    @Override
    public SigningKey open(Passphrase passphrase) throws IOException, CaKeyException {
        Provider provider = Tokens.provider(uri);
        KeyStore keyStore = logIn(provider, passphrase);
        return find(provider, keyStore);
    }

    @Override
    public SigningKey make(KeyAlgorithm algorithm, Passphrase passphrase, SecureRandom random)
            throws IOException, CaKeyException {
        Provider provider = Tokens.provider(uri);
        KeyStore keyStore = logIn(provider, passphrase);
        try {
            if (keyStore.isKeyEntry(uri.object())) {
                return found(provider, keyStore, algorithm);
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.jcaName(), provider);
            generator.initialize(algorithm.generationParameters());
            KeyPair pair = generator.generateKeyPair();
            return SigningKey.of(pair.getPrivate(), plain(pair.getPublic()), provider);
        } catch (GeneralSecurityException | ProviderException e) {
            throw failed("does not make a key of " + algorithm.cliName(), e);
        }
    }

    @Override
    public void keep(SigningKey key, List<X509Certificate> chain, Passphrase passphrase, SecureRandom random)
            throws IOException, CaKeyException {
        KeyStore keyStore = logIn(key.provider().orElseThrow(), passphrase);
        try {
            PrivateKey handle = key.exposedPrivateKey();
            keyStore.setKeyEntry(uri.object(), handle, null, chain.toArray(new Certificate[0]));
        } catch (GeneralSecurityException | ProviderException e) {
            throw failed("does not keep the key", e);
        }
    }

    private SigningKey found(Provider provider, KeyStore keyStore, KeyAlgorithm algorithm) throws CaKeyException {
        SigningKey key = find(provider, keyStore);
        if (KeyAlgorithm.of(key.publicKey()).filter(algorithm::equals).isEmpty()) {
            throw new CaKeyException(
                    CaKeyFailure.KEY_MISSING,
                    "the key " + uri.object() + " on the token " + uri.token() + " is no " + algorithm.cliName());
        }
        return key;
    }

    private SigningKey find(Provider provider, KeyStore keyStore) throws CaKeyException {
        try {
            if (keyStore.getKey(uri.object(), null) instanceof PrivateKey handle) {
                PublicKey publicKey = keyStore.getCertificate(uri.object()).getPublicKey();
                return SigningKey.of(handle, publicKey, provider);
            }
        } catch (GeneralSecurityException | ProviderException e) {
            throw failed("does not show its keys", e);
        }
        throw new CaKeyException(
                CaKeyFailure.KEY_MISSING,
                "the token " + uri.token() + " has no key " + uri.object() + " with a certificate");
    }

    private KeyStore logIn(Provider provider, Passphrase pin) throws IOException, CaKeyException {
        char[] characters = pin.exposedCharacters();
        try {
            KeyStore keyStore = KeyStore.getInstance("PKCS11", provider);
            keyStore.load(null, characters);
            return keyStore;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new CaKeyException(
                        CaKeyFailure.WRONG_PIN, "the token " + uri.token() + " does not take this PIN", e);
            }
            throw failed("does not let us in", e);
        } catch (GeneralSecurityException | ProviderException e) {
            throw failed("does not let us in", e);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /// The public half outside the token, where verifying needs no token.
    private static PublicKey plain(PublicKey onToken) throws GeneralSecurityException {
        return KeyFactory.getInstance(onToken.getAlgorithm())
                .generatePublic(new X509EncodedKeySpec(onToken.getEncoded()));
    }

    private CaKeyException failed(String what, Exception e) {
        return new CaKeyException(
                CaKeyFailure.TOKEN_FAILED,
                "the token " + uri.token() + " " + what + ": " + CaKeyException.reason(e),
                e);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
