package org.chancery.pki.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.signature.SignedStructure;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Lists that are well signed and still must not be believed, one fault each.
class CrlReaderTest {
    private static final SigningKey KEY = TestKeys.ec("crl");
    private static final Instant NOW = TestPki.NOW;
    private static final Instant NEXT = NOW.plusSeconds(3600);
    private static final Extension NUMBER = extension(Extension.cRLNumber, false, new ASN1Integer(1));

    @Test
    void takesTheMinimum() throws Exception {
        Crl crl = Crl.parse(crl(1, NEXT, List.of(), NUMBER));

        assertThat(crl.number()).isEqualTo(BigInteger.ONE);
    }

    @Test
    void passesOverUnknownExtensionsThatAreNotCritical() throws Exception {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4");

        Crl crl = Crl.parse(crl(
                1,
                NEXT,
                List.of(entry(extension(unknown, false, DERNull.INSTANCE))),
                NUMBER,
                extension(unknown, false, DERNull.INSTANCE)));

        assertThat(crl.entries()).hasSize(1);
    }

    @Test
    void readsExplicitUnspecifiedLikeNone() throws Exception {
        Crl crl = Crl.parse(crl(1, NEXT, List.of(entry(reason(0))), NUMBER));

        assertThat(crl.entries())
                .containsExactly(new RevokedCertificate(
                        new SerialNumber(BigInteger.ONE), NOW, RevocationReason.UNSPECIFIED, Optional.empty()));
    }

    @Test
    void refusesUnknownCriticalExtensions() {
        Extension unknown = extension(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE);

        assertThat(failureOf(crl(1, NEXT, List.of(), NUMBER, unknown)))
                .isEqualTo(CrlFailure.UNKNOWN_CRITICAL_EXTENSION);
        assertThat(failureOf(crl(1, NEXT, List.of(entry(unknown)), NUMBER)))
                .isEqualTo(CrlFailure.UNKNOWN_CRITICAL_EXTENSION);
    }

    @Test
    void refusesWhatRfc5280Requires() {
        assertThat(failureOf(crl(1, null, List.of(), NUMBER)))
                .as("no nextUpdate")
                .isEqualTo(CrlFailure.MALFORMED);
        assertThat(failureOf(crl(1, NEXT, List.of()))).as("no CRLNumber").isEqualTo(CrlFailure.MALFORMED);
        assertThat(failureOf(crl(1, NOW.minusSeconds(1), List.of(), NUMBER)))
                .as("nextUpdate before thisUpdate")
                .isEqualTo(CrlFailure.MALFORMED);
        assertThat(failureOf(crl(1, NEXT, List.of(), extension(Extension.cRLNumber, false, new ASN1Integer(-1)))))
                .as("negative CRLNumber")
                .isEqualTo(CrlFailure.MALFORMED);
        assertThat(failureOf(crl(1, NEXT, List.of(), NUMBER, NUMBER)))
                .as("CRLNumber twice")
                .isEqualTo(CrlFailure.MALFORMED);
    }

    @Test
    void refusesReasonsThatDoNotExistHere() {
        assertThat(failureOf(crl(1, NEXT, List.of(entry(reason(7))), NUMBER))).isEqualTo(CrlFailure.MALFORMED);
        assertThat(failureOf(crl(1, NEXT, List.of(entry(reason(8))), NUMBER))).isEqualTo(CrlFailure.MALFORMED);
        assertThat(failureOf(crl(1, NEXT, List.of(entry(reason(11))), NUMBER))).isEqualTo(CrlFailure.MALFORMED);
    }

    /// TBSCertList by hand: no library would write these.
    private static byte[] crl(
            int version, @Nullable Instant nextUpdate, List<DERSequence> entries, Extension... extensions) {
        ASN1EncodableVector list = new ASN1EncodableVector();
        list.add(new ASN1Integer(version));
        list.add(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
        list.add(new X500Name("CN=Lab"));
        list.add(DerTime.of(NOW));
        if (nextUpdate != null) {
            list.add(DerTime.of(nextUpdate));
        }
        if (!entries.isEmpty()) {
            list.add(new DERSequence(entries.toArray(ASN1Encodable[]::new)));
        }
        if (extensions.length > 0) {
            list.add(new DERTaggedObject(0, new DERSequence(extensions)));
        }
        return SignedStructure.sign(Der.encode(new DERSequence(list)), KEY);
    }

    private static DERSequence entry(Extension... extensions) {
        ASN1EncodableVector entry = new ASN1EncodableVector();
        entry.add(new ASN1Integer(1));
        entry.add(DerTime.of(NOW));
        if (extensions.length > 0) {
            entry.add(new DERSequence(extensions));
        }
        return new DERSequence(entry);
    }

    private static Extension reason(int code) {
        return extension(Extension.reasonCode, false, new ASN1Enumerated(code));
    }

    private static Extension extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        return new Extension(oid, critical, new DEROctetString(Der.encode(value)));
    }

    private static CrlFailure failureOf(byte[] der) {
        return assertThatExceptionOfType(MalformedCrlException.class)
                .isThrownBy(() -> Crl.parse(der))
                .actual()
                .failure();
    }
}
