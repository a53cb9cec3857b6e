package org.chancery.pki.revocation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.key.PublicKeys;

/// Which certificate is meant: CertID of RFC 6960 section 4.1.1. Hashes in lower-case hex.
///
/// @param issuerNameHash of the issuer's name in DER, as the certificate has it
/// @param issuerKeyHash of the octets of the issuer's public key
public record OcspCertId(Hash hash, String issuerNameHash, String issuerKeyHash, SerialNumber serialNumber) {
    private static final int MAX_SERIAL_OCTETS = 20;
    private static final int MAX_HASH_OCTETS = 64;

    /// What names and keys are hashed with. Nothing rests on its strength: the serial number decides, and
    /// who answers signs. Clients of today ask with SHA-1 (RFC 6960), those of RFC 9919 with SHA-256.
    public enum Hash {
        SHA_1("1.3.14.3.2.26", "SHA-1"),
        SHA_256("2.16.840.1.101.3.4.2.1", "SHA-256");

        private final String oid;
        private final String jcaName;

        Hash(String oid, String jcaName) {
            this.oid = oid;
            this.jcaName = jcaName;
        }

        private String of(byte[] data) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance(jcaName).digest(data));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + jcaName, e);
            }
        }
    }

    /// The certificate of that number by that issuer.
    public static OcspCertId of(Hash hash, X509Certificate issuer, SerialNumber serialNumber) {
        return new OcspCertId(
                hash,
                hash.of(issuer.getSubjectX500Principal().getEncoded()),
                keyHash(hash, issuer.getPublicKey()),
                serialNumber);
    }

    /// Whether it means that certificate: the issuer's name, its key and the number, all three.
    ///
    /// @param issuerName as the certificate in question writes it
    public boolean means(X500Principal issuerName, PublicKey issuerKey, SerialNumber number) {
        return serialNumber.equals(number)
                && issuerNameHash.equals(hash.of(issuerName.getEncoded()))
                && issuerKeyHash.equals(keyHash(hash, issuerKey));
    }

    /// The hash of a public key's octets, as a responder is named by it too.
    static String keyHash(Hash hash, PublicKey key) {
        return hash.of(PublicKeys.bits(key));
    }

    static OcspCertId read(DerCursor id) throws MalformedDerException {
        DerCursor algorithm = id.enter(DerCursor.SEQUENCE);
        String oid = algorithm.objectIdentifier();
        byte[] parameters = algorithm.rest();
        if (parameters.length != 0 && !(parameters.length == 2 && parameters[0] == 5 && parameters[1] == 0)) {
            throw new MalformedDerException("parameters of a hash that has none");
        }
        String nameHash = hash(id);
        String keyHash = hash(id);
        SerialNumber serialNumber = new SerialNumber(id.integer(MAX_SERIAL_OCTETS));
        id.end();
        for (Hash hash : Hash.values()) {
            if (hash.oid.equals(oid)) {
                return new OcspCertId(hash, nameHash, keyHash, serialNumber);
            }
        }
        throw new MalformedDerException("hash %s, SHA-1 or SHA-256 required".formatted(oid));
    }

    private static String hash(DerCursor id) throws MalformedDerException {
        byte[] octets = id.contents(DerCursor.OCTET_STRING);
        if (octets.length > MAX_HASH_OCTETS) {
            throw new MalformedDerException("a hash of %d octets".formatted(octets.length));
        }
        return HexFormat.of().formatHex(octets);
    }

    ASN1Encodable toAsn1() {
        return new DERSequence(new ASN1Encodable[] {
            new AlgorithmIdentifier(new ASN1ObjectIdentifier(hash.oid), DERNull.INSTANCE),
            new DEROctetString(HexFormat.of().parseHex(issuerNameHash)),
            new DEROctetString(HexFormat.of().parseHex(issuerKeyHash)),
            new ASN1Integer(serialNumber.value())
        });
    }
}
