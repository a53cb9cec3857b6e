package org.chancery.pki.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.request.CertificateRequestBuilder;
import org.chancery.pki.revocation.CrlSigner;
import org.chancery.pki.revocation.OcspAnswer;
import org.chancery.pki.revocation.OcspCertId;
import org.chancery.pki.revocation.OcspResponse;
import org.chancery.pki.revocation.OcspSigner;
import org.chancery.pki.revocation.OcspSingle;
import org.chancery.pki.revocation.OcspStatus;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.signature.SignedStructure;
import org.chancery.pki.testing.TestPki;

/// Valid artefacts of every kind: where a fuzzer, and the ordinary test, start from. Made here, never checked
/// in.
final class Seeds {
    private static final Map<String, String> ONE_ROUND = Map.of(
            "keystore.pkcs12.keyPbeIterationCount", "1",
            "keystore.pkcs12.certPbeIterationCount", "1",
            "keystore.pkcs12.macIterationCount", "1");

    private Seeds() {}

    static List<byte[]> requests() {
        CertificateRequestBuilder plain = CertificateRequestBuilder.of(DistinguishedName.EMPTY);
        CertificateRequestBuilder named = CertificateRequestBuilder.of(FuzzKey.name("alice@lab.example"))
                .name(new GeneralName.Rfc822("alice@lab.example"))
                .name(new GeneralName.Dns("chat.lab.example"));
        return List.of(plain.build(FuzzKey.KEY), named.build(FuzzKey.KEY));
    }

    static List<byte[]> certificates() {
        return List.of(
                Certificates.der(FuzzKey.CERTIFICATE),
                der(FuzzKey.authority("Fuzz Issuing", "Fuzz Root", 0)),
                der(FuzzKey.person("alice@lab.example", "Fuzz Issuing")),
                keyOfOddBits(Certificates.der(TestPki.allRsa().root().certificate())),
                keyOfAKindUnknown(Certificates.der(TestPki.allRsa().root().certificate())),
                Certificates.der(TestPki.create().issuing().certificate()),
                Certificates.der(TestPki.create()
                        .server("chat.lab.example", "127.0.0.1")
                        .chain()
                        .leaf()));
    }

    static List<byte[]> crls() {
        return List.of(crl("Fuzz Root"), crl("Fuzz Root", 3));
    }

    static List<byte[]> ocspRequests() {
        // SEQUENCE { tbsRequest { requestList { { CertID with SHA-1 } } } }, by hand: nothing here makes requests.
        byte[] id = new byte[20];
        StringBuilder hex = new StringBuilder("30493047304530433041300906052b0e03021a05000414");
        hex.append(HexFormat.of().formatHex(id)).append("0414");
        hex.append(HexFormat.of().formatHex(id)).append("020811");
        hex.append("01020304050607");
        return List.of(HexFormat.of().parseHex(hex));
    }

    static List<byte[]> ocspResponses() {
        OcspSingle good = single(new OcspStatus.Good(), 1);
        OcspSingle revoked =
                single(new OcspStatus.Revoked(TestPki.NOW.minusSeconds(60), RevocationReason.KEY_COMPROMISE), 2);
        OcspSingle unknown = single(new OcspStatus.Unknown(), 3);
        OcspSigner signer = new OcspSigner(FuzzKey.CERTIFICATE, FuzzKey.KEY);
        return List.of(
                signer.sign(new OcspAnswer(TestPki.NOW, List.of(good), Optional.empty()))
                        .der(),
                signer.sign(new OcspAnswer(TestPki.NOW, List.of(good, revoked, unknown), Optional.empty()))
                        .der(),
                OcspSigner.refusing(OcspResponse.Status.TRY_LATER).der());
    }

    /// By the JDK, with one round of key derivation: a fuzzer is no guesser of passphrases.
    static List<byte[]> keyStores() throws GeneralSecurityException, IOException {
        ONE_ROUND.forEach(System::setProperty);
        try {
            List<byte[]> stores = new ArrayList<>();
            for (boolean trusted : new boolean[] {false, true}) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                char[] passphrase = Parsers.PASSPHRASE.toCharArray();
                store.load(null, passphrase);
                store.setKeyEntry(
                        "key", FuzzKey.KEY.exposedPrivateKey(), passphrase, new Certificate[] {FuzzKey.CERTIFICATE});
                if (trusted) {
                    store.setCertificateEntry("root", FuzzKey.CERTIFICATE);
                }
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                store.store(out, passphrase);
                stores.add(out.toByteArray());
            }
            return stores;
        } finally {
            ONE_ROUND.keySet().forEach(System::clearProperty);
        }
    }

    static List<byte[]> records() {
        X509Certificate person = CertificateSigner.sign(FuzzKey.person("alice@lab.example", "Fuzz Root"), FuzzKey.KEY);
        Identity alice = new Identity(FuzzKey.KEY, CertificateChain.of(person));
        Identity other = TestPki.create().client("bob@lab.example");
        byte[] content = "what is said".getBytes(StandardCharsets.US_ASCII);
        SignedRecord membership = RecordSigner.sign(alice, ContentPurpose.MEMBERSHIP, content, TestPki.NOW);
        SignedRecord device = RecordSigner.sign(alice, ContentPurpose.DEVICE_ENTRY, content, TestPki.NOW);
        return List.of(
                membership.der(),
                RecordSigner.countersign(device, other, TestPki.NOW).der());
    }

    static List<byte[]> privateKeys() {
        return List.of(pem(PemLabel.PRIVATE_KEY, FuzzKey.KEY.exposedPrivateKey().getEncoded()));
    }

    static List<byte[]> pems() {
        byte[] certificate = pem(PemLabel.CERTIFICATE, Certificates.der(FuzzKey.CERTIFICATE));
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes("what stands before a block\r\n".getBytes(StandardCharsets.US_ASCII));
        two.writeBytes(certificate);
        two.writeBytes(pem(PemLabel.X509_CRL, crl("Fuzz Root")));
        return List.of(
                certificate,
                two.toByteArray(),
                pem(PemLabel.CERTIFICATE_REQUEST, requests().getFirst()));
    }

    /// A CRL of a CA of that name.
    static byte[] crl(String issuer) {
        return crl(issuer, 1);
    }

    /// The part of a certificate or CRL that is signed.
    static byte[] toBeSigned(byte[] der) throws MalformedDerException {
        return SignedStructure.parse(der).toBeSignedDer();
    }

    /// With a subjectPublicKey that says its last bit is none: the JDK does not mind.
    private static byte[] keyOfOddBits(byte[] der) {
        der[endOfAlgorithm(der) + 2] = 1;
        return der;
    }

    /// With a BOOLEAN of no octets for parameters: the JDK keeps what it does not know.
    private static byte[] keyOfAKindUnknown(byte[] der) {
        int end = endOfAlgorithm(der);
        der[end - 5] = 0x7f;
        der[end - 4] = 0x01;
        return der;
    }

    /// Where the length of an RSA key's BIT STRING begins.
    private static int endOfAlgorithm(byte[] der) {
        byte[] algorithm = HexFormat.of().parseHex("2a864886f70d01010105000382");
        for (int at = 0; at + algorithm.length < der.length; at++) {
            if (Arrays.equals(der, at, at + algorithm.length, algorithm, 0, algorithm.length)) {
                return at + algorithm.length;
            }
        }
        throw new IllegalArgumentException("not an RSA key");
    }

    private static byte[] crl(String issuer, int entries) {
        X509Certificate authority = CertificateSigner.sign(FuzzKey.authority(issuer, "Fuzz Root", 1), FuzzKey.KEY);
        List<RevokedCertificate> revoked = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            revoked.add(new RevokedCertificate(
                    new SerialNumber(BigInteger.valueOf(1000 + i)),
                    TestPki.NOW.minusSeconds(3600),
                    i % 2 == 0 ? RevocationReason.KEY_COMPROMISE : RevocationReason.UNSPECIFIED,
                    i == 0 ? Optional.of(TestPki.NOW.minusSeconds(7200)) : Optional.empty()));
        }
        return CrlSigner.sign(
                        authority,
                        FuzzKey.KEY,
                        BigInteger.valueOf(7),
                        TestPki.NOW.minusSeconds(60),
                        TestPki.NOW.plus(Duration.ofDays(7)),
                        revoked)
                .der();
    }

    private static OcspSingle single(OcspStatus status, int serial) {
        return new OcspSingle(
                OcspCertId.of(OcspCertId.Hash.SHA_1, FuzzKey.CERTIFICATE, new SerialNumber(BigInteger.valueOf(serial))),
                status,
                TestPki.NOW.minusSeconds(60),
                Optional.of(TestPki.NOW.plusSeconds(3600)));
    }

    private static byte[] der(TbsCertificate tbs) {
        return Certificates.der(CertificateSigner.sign(tbs, FuzzKey.KEY));
    }

    private static byte[] pem(PemLabel label, byte[] der) {
        return Pem.encode(label, der).getBytes(StandardCharsets.US_ASCII);
    }
}
