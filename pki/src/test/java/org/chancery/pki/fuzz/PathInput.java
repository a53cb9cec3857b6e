package org.chancery.pki.fuzz;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.MalformedCrlException;
import org.chancery.pki.testing.TestPki;

/// A case for the judge, cut from one input: an octet of choices, then DER objects, one after the other. Each is a
/// TBSCertificate or a TBSCertList that is signed here, by [FuzzKey], so that what the fuzzer invents gets past the
/// signatures and into every rule. The first certificate is judged; the others may help.
final class PathInput {
    /// As many as anybody may bring to a handshake or on a command line, and some more.
    private static final int MOST_OBJECTS = 40;

    private static final List<Purpose> PURPOSES = List.of(Purpose.values());
    private static final int SEQUENCE = 0x30;
    private static final byte[] ALGORITHM =
            SignatureScheme.forCertificates(FuzzKey.KEY.publicKey()).algorithmIdentifierDer();

    private PathInput() {}

    static void judge(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int choices = input[0];
        List<X509Certificate> certificates = new ArrayList<>();
        List<Crl> crls = new ArrayList<>();
        for (byte[] object : objects(input)) {
            byte[] signed = sign(object);
            try {
                certificates.add(Certificates.parse(signed));
            } catch (MalformedCertificateException noCertificate) {
                addIfCrl(crls, signed);
            }
        }
        if (certificates.isEmpty()) {
            return;
        }
        ValidationRequest request = ValidationRequest.of(certificates.getFirst())
                .untrusted(certificates.subList(1, certificates.size()))
                .purpose(PURPOSES.get((choices & 0x0f) % PURPOSES.size()))
                .at(TestPki.NOW)
                .revocation(
                        (choices & 0x10) == 0
                                ? new Revocation.NotChecked()
                                : new Revocation.Required(CrlSet.unverified(crls), Duration.ZERO));
        try {
            new PathValidator(TrustAnchors.of(FuzzKey.CERTIFICATE)).validate(request);
        } catch (PathValidationException declared) {
            return;
        }
    }

    static List<byte[]> seeds() throws MalformedDerException {
        List<byte[]> seeds = new ArrayList<>();
        byte[] leaf = tbs(FuzzKey.person("alice@lab.example", "Fuzz Issuing"));
        byte[] issuing = tbs(FuzzKey.authority("Fuzz Issuing", "Fuzz Root", 0));
        byte[] cross = tbs(FuzzKey.authority("Fuzz Issuing", "Fuzz Other", 0));
        byte[] other = tbs(FuzzKey.authority("Fuzz Other", "Fuzz Issuing", 5));
        byte[] crl = Seeds.toBeSigned(Seeds.crl("Fuzz Issuing"));
        byte[] rootCrl = Seeds.toBeSigned(Seeds.crl("Fuzz Root"));
        for (int purpose = 0; purpose < PURPOSES.size(); purpose++) {
            seeds.add(join(purpose, leaf, issuing));
            seeds.add(join(purpose | 0x10, leaf, issuing, crl, rootCrl));
        }
        seeds.add(join(0, leaf, cross, other, issuing));
        seeds.add(join(0x10, leaf, cross, other, crl));
        byte[][] loop = new byte[MOST_OBJECTS][];
        Arrays.setAll(loop, i -> i == 0 ? leaf : i % 2 == 0 ? cross : other);
        seeds.add(join(0, loop));
        return seeds;
    }

    private static byte[] tbs(TbsCertificate tbs) throws MalformedDerException {
        return Seeds.toBeSigned(Certificates.der(CertificateSigner.sign(tbs, FuzzKey.KEY)));
    }

    private static void addIfCrl(List<Crl> crls, byte[] der) {
        try {
            crls.add(Crl.parse(der));
        } catch (MalformedCrlException neither) {
            return;
        }
    }

    private static byte[] sign(byte[] toBeSigned) {
        byte[] signature = FuzzKey.KEY.sign(SignatureScheme.forCertificates(FuzzKey.KEY.publicKey()), toBeSigned);
        return tlv(SEQUENCE, toBeSigned, ALGORITHM, tlv(0x03, new byte[] {0}, signature));
    }

    /// The objects in a row; what is left over when a length does not fit is one more.
    private static List<byte[]> objects(byte[] input) {
        List<byte[]> objects = new ArrayList<>();
        int at = 1;
        while (at < input.length && objects.size() < MOST_OBJECTS) {
            int end = Math.min(input.length, end(input, at));
            objects.add(Arrays.copyOfRange(input, at, end));
            at = end;
        }
        return objects;
    }

    private static int end(byte[] input, int at) {
        int length = at + 1 < input.length ? input[at + 1] & 0xff : 0;
        if (length < 0x80) {
            return at + 2 + length;
        }
        int octets = length & 0x7f;
        if (octets == 0 || octets > 3 || at + 2 + octets > input.length) {
            return input.length;
        }
        int value = 0;
        for (int i = 0; i < octets; i++) {
            value = (value << 8) | (input[at + 2 + i] & 0xff);
        }
        return at + 2 + octets + value;
    }

    private static byte[] tlv(int tag, byte[]... parts) {
        byte[] content = join(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        byte[] length = BigInteger.valueOf(content.length).toByteArray();
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int zeros = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - zeros));
            out.write(length, zeros, length.length - zeros);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(int choices, byte[]... objects) {
        return join(new byte[] {(byte) choices}, join(objects));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
