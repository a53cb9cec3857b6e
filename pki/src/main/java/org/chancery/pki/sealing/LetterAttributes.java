package org.chancery.pki.sealing;

import static org.chancery.pki.der.DerCursor.OBJECT_IDENTIFIER;
import static org.chancery.pki.der.DerCursor.OCTET_STRING;
import static org.chancery.pki.der.DerCursor.SEQUENCE;
import static org.chancery.pki.der.DerCursor.SET;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.DerOutput;
import org.chancery.pki.der.DerTime;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.LetterHeader;

/// The attributes that the signature of a letter covers (RFC 5652 section 5.3): content type, message digest, signing
/// time, the signer's certificate by hash (ESSCertIDv2, RFC 5035) and the letter's header. Written out by hand, as all
/// of a letter is: beside a verification, which takes 60 us, anything else shows.
final class LetterAttributes {
    private static final byte[] CONTENT_TYPE = oid(CMSAttributes.contentType);
    private static final byte[] MESSAGE_DIGEST = oid(CMSAttributes.messageDigest);
    private static final byte[] SIGNING_TIME = oid(CMSAttributes.signingTime);
    private static final byte[] SIGNING_CERTIFICATE = oid(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
    private static final byte[] LETTER_HEADER = oid(new ASN1ObjectIdentifier(LetterHeader.OID));
    private static final Map<ContentPurpose, byte[]> PURPOSES = purposes();

    private static final int ROOM = 640;
    private static final int ROOM_OF_ONE = 320;

    /// What is found among attributes, each in its DER.
    @SuppressWarnings("ArrayRecordComponent") // inside this package, never compared
    record Found(byte[] signingTimeDer, byte[] certificateDer, byte[] headerDer) {}

    private LetterAttributes() {}

    private static byte[] oid(ASN1ObjectIdentifier identifier) {
        return Der.encode(identifier);
    }

    private static Map<ContentPurpose, byte[]> purposes() {
        Map<ContentPurpose, byte[]> purposes = new EnumMap<>(ContentPurpose.class);
        for (ContentPurpose purpose : ContentPurpose.values()) {
            purposes.put(purpose, oid(new ASN1ObjectIdentifier(purpose.oid())));
        }
        return purposes;
    }

    /// The eContentType of a purpose.
    static byte[] purpose(ContentPurpose purpose) {
        return Objects.requireNonNull(PURPOSES.get(purpose)).clone();
    }

    /// The SET of them: what is signed.
    ///
    /// @param certificate its SHA-256
    static byte[] der(
            ContentPurpose purpose, byte[] digest, Instant signingTime, byte[] certificate, LetterHeader header) {
        List<byte[]> attributes = new ArrayList<>(5);
        attributes.add(attribute(CONTENT_TYPE, purpose(purpose)));
        attributes.add(attribute(
                MESSAGE_DIGEST,
                new DerOutput(ROOM_OF_ONE).value(OCTET_STRING, digest).toByteArray()));
        attributes.add(attribute(SIGNING_TIME, DerTime.der(signingTime)));
        attributes.add(attribute(SIGNING_CERTIFICATE, signingCertificate(certificate)));
        attributes.add(attribute(LETTER_HEADER, header.der()));
        attributes.sort(Arrays::compareUnsigned); // X.690 section 11.6
        DerOutput out = new DerOutput(ROOM);
        attributes.reversed().forEach(out::put);
        return out.within(SET, 0).toByteArray();
    }

    private static byte[] attribute(byte[] type, byte[] valueDer) {
        return new DerOutput(ROOM_OF_ONE)
                .put(valueDer)
                .within(SET, 0)
                .put(type)
                .within(SEQUENCE, 0)
                .toByteArray();
    }

    /// Names the certificate by its SHA-256, and nothing else.
    static byte[] signingCertificate(byte[] certificate) {
        return new DerOutput(ROOM_OF_ONE)
                .value(OCTET_STRING, certificate)
                .within(SEQUENCE, 0)
                .within(SEQUENCE, 0)
                .within(SEQUENCE, 0)
                .toByteArray();
    }

    /// Looks through a SET of attributes for three of them.
    ///
    /// @throws MalformedDerException where one is not there, or has not one value
    static Found find(byte[] setDer) throws MalformedDerException {
        DerCursor set = DerCursor.of(setDer).enter(SET);
        byte[] time = null;
        byte[] certificate = null;
        byte[] header = null;
        while (!set.atEnd()) {
            DerCursor attribute = set.enter(SEQUENCE);
            byte[] type = attribute.value(OBJECT_IDENTIFIER);
            DerCursor values = attribute.enter(SET);
            attribute.end();
            byte[] value = values.value();
            values.end();
            if (Arrays.equals(type, SIGNING_TIME)) {
                time = value;
            } else if (Arrays.equals(type, SIGNING_CERTIFICATE)) {
                certificate = value;
            } else if (Arrays.equals(type, LETTER_HEADER)) {
                header = value;
            }
        }
        if (time == null || certificate == null || header == null) {
            throw new MalformedDerException("a signed attribute is not there");
        }
        return new Found(time, certificate, header);
    }
}
