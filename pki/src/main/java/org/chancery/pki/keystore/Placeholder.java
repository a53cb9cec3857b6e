package org.chancery.pki.keystore;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.DERNull;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.der.Der;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.name.DistinguishedName;

/// The certificate of a key that has none yet: it carries the public half and nothing else. Nobody can take it for
/// more: it was valid for the first second of 1970, and a critical extension that only this class knows has every
/// validator refuse it.
final class Placeholder {
    private static final String MARK = "2.25.241312635857176871309601094129990821706.4.1";
    private static final DistinguishedName NAME = DistinguishedName.of(new X500Principal("CN=certificate pending"));

    private Placeholder() {}

    static X509Certificate of(SigningKey key) {
        return CertificateSigner.sign(
                TbsCertificate.builder()
                        .serialNumber(new SerialNumber(BigInteger.ONE))
                        .issuer(NAME)
                        .validity(new Validity(Instant.EPOCH, Instant.EPOCH))
                        .subject(NAME)
                        .publicKey(key.publicKey())
                        .extension(new Extension(MARK, true, Der.encode(DERNull.INSTANCE)))
                        .build(),
                key);
    }

    static boolean is(X509Certificate certificate) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        return critical != null && critical.contains(MARK);
    }
}
