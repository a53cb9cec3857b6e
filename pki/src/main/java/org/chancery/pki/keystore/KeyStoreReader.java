package org.chancery.pki.keystore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.MalformedDerException;

/// Takes a PKCS#12 file apart (RFC 7292 section 4). In this order: structure, bounds and algorithms of everything
/// that can be seen; the MAC; only then is anything decrypted.
///
/// ```text
/// Pfx  version 3
///  +- authSafe  data, over which the MAC goes
///  |   +- section  data: bags in clear
///  |   +- section  encryptedData: bags under PBES2
///  +- macData
/// ```
final class KeyStoreReader {
    /// `openssl` and `keytool` write two.
    private static final int MAX_SECTIONS = 8;

    private final Iterations iterations = new Iterations();
    private final SafeBags bags = new SafeBags(iterations);

    private KeyStoreReader() {}

    /// What is in the file; the private key still encrypted.
    ///
    /// @throws KeyStoreFileException as [KeyStoreFailure] says
    static SafeBags read(byte[] file, char[] passphrase) throws KeyStoreFileException {
        return new KeyStoreReader().open(file, passphrase);
    }

    private SafeBags open(byte[] file, char[] passphrase) throws KeyStoreFileException {
        Outer outer = parse(file, pfx -> outer(Pfx.getInstance(pfx)));
        List<Encrypted> encrypted = parse(outer.authenticated(), safe -> sections(ASN1Sequence.getInstance(safe)));
        // After the sections: of a file in the old manner, its cipher is the more telling part.
        PasswordMac mac = PasswordMac.of(outer.mac(), iterations);
        mac.verify(outer.mac().getMac().getDigest(), outer.authenticated(), passphrase);
        for (Encrypted section : encrypted) {
            byte[] plain = section.algorithm().decrypt(section.content(), passphrase);
            addBags(plain);
            Arrays.fill(plain, (byte) 0);
        }
        return bags;
    }

    private static Outer outer(Pfx pfx) throws KeyStoreFileException {
        if (pfx.getMacData() == null) {
            throw new KeyStoreFileException(KeyStoreFailure.NO_INTEGRITY, "the keystore has no MAC");
        }
        return new Outer(pfx.getMacData(), data(pfx.getAuthSafe()));
    }

    /// Takes the bags in clear, and gives the sections that have to wait for the MAC.
    private List<Encrypted> sections(ASN1Sequence sections) throws KeyStoreFileException {
        if (sections.size() > MAX_SECTIONS) {
            throw new KeyStoreFileException(KeyStoreFailure.TOO_LARGE, "more than " + MAX_SECTIONS + " sections");
        }
        List<Encrypted> encrypted = new ArrayList<>();
        for (ASN1Encodable element : sections) {
            ContentInfo section = ContentInfo.getInstance(element);
            ASN1ObjectIdentifier type = section.getContentType();
            if (type.equals(PKCSObjectIdentifiers.data)) {
                addBags(data(section));
            } else if (type.equals(PKCSObjectIdentifiers.encryptedData)) {
                EncryptedData content = EncryptedData.getInstance(section.getContent());
                encrypted.add(new Encrypted(
                        Pbes2.of(content.getEncryptionAlgorithm(), iterations),
                        content.getContent().getOctets()));
            } else {
                throw new KeyStoreFileException(
                        KeyStoreFailure.UNSUPPORTED, "a section of type " + type.getId() + " in the keystore");
            }
        }
        return encrypted;
    }

    private void addBags(byte[] safeContents) throws KeyStoreFileException {
        parse(safeContents, contents -> {
            bags.add(ASN1Sequence.getInstance(contents));
            return true;
        });
    }

    private static byte[] data(ContentInfo info) throws KeyStoreFileException {
        if (!info.getContentType().equals(PKCSObjectIdentifiers.data)) {
            throw new KeyStoreFileException(
                    KeyStoreFailure.UNSUPPORTED, "a keystore whose integrity rests on a public key");
        }
        return ASN1OctetString.getInstance(info.getContent()).getOctets();
    }

    static <T> T parse(byte[] der, Der.Reader<T, KeyStoreFileException> reader) throws KeyStoreFileException {
        try {
            return Der.read(der, reader);
        } catch (MalformedDerException e) {
            throw new KeyStoreFileException(KeyStoreFailure.NOT_PKCS12, "not a PKCS#12 keystore", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Outer(MacData mac, byte[] authenticated) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Encrypted(Pbes2 algorithm, byte[] content) {}
}
