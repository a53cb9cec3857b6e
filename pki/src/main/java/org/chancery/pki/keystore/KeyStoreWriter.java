package org.chancery.pki.keystore;

import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.chancery.pki.der.Der;
import org.chancery.pki.key.SigningKey;

/// Puts a PKCS#12 file together; the layout is drawn in [KeyStoreReader].
///
/// The private key is encrypted; the certificates are not. They are public, the MAC guards them as well as the key,
/// and an encrypted section would cost everyone who opens the file a second derivation of half a second. `openssl`
/// and `keytool` read it so.
final class KeyStoreWriter {
    /// The alias that keytool shows for the key.
    private static final String KEY_NAME = "identity";

    private final char[] passphrase;
    private final int iterations;
    private final SecureRandom random;

    KeyStoreWriter(char[] passphrase, int iterations, SecureRandom random) {
        this.passphrase = passphrase;
        this.iterations = iterations;
        this.random = random;
    }

    /// @param chain the key's certificate first
    byte[] write(SigningKey key, List<X509Certificate> chain, List<X509Certificate> trusted) {
        byte[] keyId = key.deviceId().bytes();
        List<SafeBag> certificates = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            certificates.add(
                    i == 0
                            ? certificate(chain.get(i), friendlyName(KEY_NAME), localKeyId(keyId))
                            : certificate(chain.get(i)));
        }
        for (int i = 0; i < trusted.size(); i++) {
            certificates.add(certificate(trusted.get(i), friendlyName("root-" + (i + 1)), trustedForAnything()));
        }
        ASN1Encodable[] sections = {data(sequence(certificates)), data(new DERSequence(encryptedKey(key, keyId)))};
        byte[] authenticated = Der.encode(new DERSequence(sections));
        return Der.encode(new Pfx(
                new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(authenticated)),
                PasswordMac.fresh(iterations, random).over(authenticated, passphrase)));
    }

    private SafeBag encryptedKey(SigningKey key, byte[] keyId) {
        byte[] pkcs8 = PrivateKeys.exposedPkcs8Der(key);
        try {
            Pbes2 encryption = Pbes2.fresh(iterations, random);
            var info = new EncryptedPrivateKeyInfo(encryption.algorithm(), encryption.encrypt(pkcs8, passphrase));
            return bag(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag, info, friendlyName(KEY_NAME), localKeyId(keyId));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static SafeBag certificate(X509Certificate certificate, Attribute... attributes) {
        try {
            var value =
                    new CertBag(PKCSObjectIdentifiers.x509Certificate, new DEROctetString(certificate.getEncoded()));
            return bag(PKCSObjectIdentifiers.certBag, value, attributes);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without encoding", e);
        }
    }

    private static SafeBag bag(ASN1ObjectIdentifier type, ASN1Encodable value, Attribute... attributes) {
        return new SafeBag(type, value, attributes.length == 0 ? null : new DERSet(attributes));
    }

    private static ContentInfo data(DERSequence safeContents) {
        return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(Der.encode(safeContents)));
    }

    private static DERSequence sequence(List<SafeBag> bags) {
        return new DERSequence(bags.toArray(ASN1Encodable[]::new));
    }

    private static Attribute friendlyName(String name) {
        return new Attribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERSet(new DERBMPString(name)));
    }

    private static Attribute localKeyId(byte[] keyId) {
        return new Attribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DERSet(new DEROctetString(keyId)));
    }

    private static Attribute trustedForAnything() {
        return new Attribute(SafeBags.TRUSTED_KEY_USAGE, new DERSet(KeyPurposeId.anyExtendedKeyUsage));
    }
}
