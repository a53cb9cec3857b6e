package org.chancery.pki.envelope;

import static org.chancery.pki.der.DerCursor.INTEGER;
import static org.chancery.pki.der.DerCursor.OBJECT_IDENTIFIER;
import static org.chancery.pki.der.DerCursor.OCTET_STRING;
import static org.chancery.pki.der.DerCursor.SEQUENCE;
import static org.chancery.pki.der.DerCursor.SET;
import static org.chancery.pki.der.DerCursor.constructed;
import static org.chancery.pki.der.DerCursor.primitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.DerOutput;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.DeviceId;

/// The AuthEnvelopedData of a letter (RFC 5083, RFC 5084), drawn in [Letter], both ways. Every letter that passes the
/// relay goes through here, so it is written out by hand.
///
/// Decoding only finds the parts; that everything else is as drawn is proved by encoding them again and comparing.
final class LetterStructure {
    private static final byte[] AUTH_ENVELOPED_DATA = oid(CMSObjectIdentifiers.authEnvelopedData);
    private static final byte[] DATA = oid(CMSObjectIdentifiers.data);
    private static final byte[] AES_256_GCM = oid(NISTObjectIdentifiers.id_aes256_GCM);
    private static final byte[] HEADER = oid(new ASN1ObjectIdentifier(LetterHeader.OID));

    /// Everything around header, ciphertext and recipient, with room to spare.
    private static final int OVERHEAD = 512;

    /// A letter, and what stood where its recipients belong.
    @SuppressWarnings("ArrayRecordComponent") // inside this package, never compared
    record Parts(Letter letter, List<byte[]> recipientInfosDer) {}

    private LetterStructure() {}

    private static byte[] oid(ASN1ObjectIdentifier identifier) {
        return Der.encode(identifier);
    }

    /// The octets of the whole, but for so many of RecipientInfos.
    static LetterHalves encode(LetterHeader header, int recipientOctets, byte[] nonce, byte[] ciphertext, byte[] tag) {
        DerOutput out = new DerOutput(OVERHEAD + ciphertext.length + recipientOctets);
        out.value(OCTET_STRING, tag);
        int behindContent = out.size();
        out.value(primitive(0), ciphertext);
        int behindGcm = out.size();
        out.integer(Letter.TAG_BYTES).value(OCTET_STRING, nonce).within(SEQUENCE, behindGcm);
        out.put(AES_256_GCM).within(SEQUENCE, behindGcm).put(DATA).within(SEQUENCE, behindContent);
        int behindRecipients = out.size();
        out.put(new byte[recipientOctets]);
        int beforeRecipients = out.size();
        out.within(SET, behindRecipients);
        int behindOriginator = out.size();
        header(out, header);
        out.put(HEADER);
        out.within(constructed(3), behindOriginator).within(constructed(0), behindOriginator);
        out.within(constructed(0), behindOriginator).integer(0);
        out.within(SEQUENCE, 0)
                .within(constructed(0), 0)
                .put(AUTH_ENVELOPED_DATA)
                .within(SEQUENCE, 0);
        byte[] der = out.toByteArray();
        return new LetterHalves(
                Arrays.copyOf(der, der.length - beforeRecipients),
                Arrays.copyOfRange(der, der.length - behindRecipients, der.length));
    }

    static void header(DerOutput out, LetterHeader header) {
        int behind = out.size();
        out.value(OCTET_STRING, header.commitment()).integer(header.counter());
        out.value(OCTET_STRING, header.chain().bytes()).value(OCTET_STRING, header.sealId());
        out.value(OCTET_STRING, header.sender().bytes())
                .value(OCTET_STRING, header.conversation().bytes());
        out.integer(header.version()).within(SEQUENCE, behind);
    }

    /// @throws MalformedEnvelopeException unless these octets are a letter in its canonical form, with recipients or
    /// without
    static Parts parse(String what, byte[] der, int maxBytes) throws MalformedEnvelopeException {
        if (der.length > maxBytes) {
            throw new MalformedEnvelopeException(what + " of " + der.length + " octets, at most " + maxBytes);
        }
        Parts parts;
        try {
            parts = decode(der);
        } catch (MalformedDerException | IllegalArgumentException | ArithmeticException e) {
            throw new MalformedEnvelopeException(what + " has another structure", e);
        }
        int recipientOctets =
                parts.recipientInfosDer().stream().mapToInt(info -> info.length).sum();
        DerOutput recipients = new DerOutput(recipientOctets);
        parts.recipientInfosDer().reversed().forEach(recipients::put);
        if (!Arrays.equals(parts.letter().halves(recipientOctets).with(recipients.toByteArray()), der)) {
            throw new MalformedEnvelopeException(what + " is not in its canonical form");
        }
        return parts;
    }

    private static Parts decode(byte[] der) throws MalformedDerException {
        DerCursor contentInfo = DerCursor.of(der).enter(SEQUENCE);
        contentInfo.enter(OBJECT_IDENTIFIER);
        DerCursor enveloped = contentInfo.enter(constructed(0)).enter(SEQUENCE);
        enveloped.enter(INTEGER);
        DerCursor headerInfo =
                enveloped.enter(constructed(0)).enter(constructed(0)).enter(constructed(3));
        headerInfo.enter(OBJECT_IDENTIFIER);
        LetterHeader header = header(headerInfo.enter(SEQUENCE));
        DerCursor recipientInfos = enveloped.enter(SET);
        List<byte[]> recipientInfosDer = new ArrayList<>(1);
        while (!recipientInfos.atEnd()) {
            recipientInfosDer.add(recipientInfos.value());
        }
        DerCursor content = enveloped.enter(SEQUENCE);
        content.enter(OBJECT_IDENTIFIER);
        DerCursor algorithm = content.enter(SEQUENCE);
        algorithm.enter(OBJECT_IDENTIFIER);
        byte[] nonce = algorithm.enter(SEQUENCE).contents(OCTET_STRING);
        byte[] ciphertext = content.contents(primitive(0));
        return new Parts(new Letter(header, nonce, ciphertext, enveloped.contents(OCTET_STRING)), recipientInfosDer);
    }

    static LetterHeader header(DerCursor sequence) throws MalformedDerException {
        int version = sequence.integer(Integer.BYTES).intValueExact();
        ConversationId conversation = ConversationId.ofBytes(sequence.contents(OCTET_STRING));
        DeviceId sender = DeviceId.ofBytes(sequence.contents(OCTET_STRING));
        byte[] sealId = sequence.contents(OCTET_STRING);
        ChainId chain = ChainId.ofBytes(sequence.contents(OCTET_STRING));
        long counter = sequence.integer(Long.BYTES).longValueExact();
        byte[] commitment = sequence.contents(OCTET_STRING);
        sequence.end();
        return new LetterHeader(version, conversation, sender, sealId, chain, counter, commitment);
    }
}
