package org.chancery.pki.keystore;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;

/// Collects the bags of a keystore (RFC 7292 section 4.2): one private key, still encrypted, and certificates.
final class SafeBags {
    /// Marks a certificate as trusted for keytool and the JDK; the value is the usage it is trusted for.
    static final ASN1ObjectIdentifier TRUSTED_KEY_USAGE = new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    /// One identity with its issuers and pinned roots is a handful.
    private static final int MAX_BAGS = 64;

    private final List<CertificateBag> certificates = new ArrayList<>();
    private final List<KeyBag> keys = new ArrayList<>();
    private final Iterations iterations;

    /// @param iterations what the file may still ask for
    SafeBags(Iterations iterations) {
        this.iterations = iterations;
    }

    /// @param localKeyId what ties it to its key; empty if it says nothing
    /// @param trusted whether it is an anchor rather than part of a chain
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record CertificateBag(X509Certificate certificate, byte[] localKeyId, boolean trusted) {}

    /// @param localKeyId what ties it to its certificate; empty if it says nothing
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record KeyBag(Pbes2 encryption, byte[] encrypted, byte[] localKeyId) {}

    List<CertificateBag> certificates() {
        return certificates;
    }

    /// @throws KeyStoreFileException `NO_KEY` if there is none
    KeyBag key() throws KeyStoreFileException {
        if (keys.isEmpty()) {
            throw new KeyStoreFileException(KeyStoreFailure.NO_KEY, "no private key in the keystore");
        }
        return keys.getFirst();
    }

    /// Takes the bags of one SafeContents. The parameters of an encrypted key are checked, nothing is decrypted.
    void add(ASN1Sequence safeContents) throws KeyStoreFileException {
        for (ASN1Encodable element : safeContents) {
            if (certificates.size() + keys.size() == MAX_BAGS) {
                throw new KeyStoreFileException(KeyStoreFailure.TOO_LARGE, "more than " + MAX_BAGS + " entries");
            }
            SafeBag bag = SafeBag.getInstance(element);
            ASN1ObjectIdentifier type = bag.getBagId();
            if (type.equals(PKCSObjectIdentifiers.certBag)) {
                certificates.add(certificate(bag));
            } else if (type.equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
                addKey(bag);
            } else {
                throw new KeyStoreFileException(
                        KeyStoreFailure.UNSUPPORTED, "an entry of type " + type.getId() + " in the keystore");
            }
        }
    }

    private void addKey(SafeBag bag) throws KeyStoreFileException {
        if (!keys.isEmpty()) {
            throw new KeyStoreFileException(KeyStoreFailure.SEVERAL_KEYS, "more than one private key in the keystore");
        }
        EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(bag.getBagValue());
        keys.add(new KeyBag(
                Pbes2.of(info.getEncryptionAlgorithm(), iterations), info.getEncryptedData(), localKeyId(bag)));
    }

    private static CertificateBag certificate(SafeBag bag) throws KeyStoreFileException {
        CertBag content = CertBag.getInstance(bag.getBagValue());
        if (!content.getCertId().equals(PKCSObjectIdentifiers.x509Certificate)) {
            throw new KeyStoreFileException(KeyStoreFailure.UNSUPPORTED, "a certificate that is not X.509");
        }
        byte[] der = ASN1OctetString.getInstance(content.getCertValue()).getOctets();
        try {
            return new CertificateBag(Certificates.parse(der), localKeyId(bag), hasAttribute(bag, TRUSTED_KEY_USAGE));
        } catch (MalformedCertificateException e) {
            throw new KeyStoreFileException(KeyStoreFailure.NOT_PKCS12, "a malformed certificate in the keystore", e);
        }
    }

    private static byte[] localKeyId(SafeBag bag) {
        for (Attribute attribute : attributes(bag)) {
            if (attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_localKeyId)) {
                return ASN1OctetString.getInstance(attribute.getAttrValues().getObjectAt(0))
                        .getOctets();
            }
        }
        return new byte[0];
    }

    private static boolean hasAttribute(SafeBag bag, ASN1ObjectIdentifier type) {
        return attributes(bag).stream()
                .anyMatch(attribute -> attribute.getAttrType().equals(type));
    }

    private static List<Attribute> attributes(SafeBag bag) {
        List<Attribute> attributes = new ArrayList<>();
        if (bag.getBagAttributes() != null) {
            bag.getBagAttributes().forEach(element -> attributes.add(Attribute.getInstance(element)));
        }
        return attributes;
    }
}
