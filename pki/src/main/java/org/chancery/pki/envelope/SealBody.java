package org.chancery.pki.envelope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.chancery.pki.der.Der;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// What a seal says, all of which its id covers. Members and devices are each named once, in ascending order, so
/// that one set has one encoding.
///
/// ```
/// SealBody ::= SEQUENCE {
///   version       INTEGER (1 | 2),
///   conversation  OCTET STRING (SIZE (32)),
///   sender        OCTET STRING (SIZE (32)),                            -- device
///   membership    OCTET STRING (SIZE (32)),                            -- in version 2, which is a room's
///   members       SEQUENCE SIZE (1..1024) OF UTF8String,               -- canonical addresses
///   wraps         SEQUENCE SIZE (1..2048) OF SEQUENCE {
///     device        OCTET STRING (SIZE (32)),
///     recipient     KeyTransRecipientInfo } }
/// ```
///
/// @param membershipHead hash of the room's last membership entry that the sender knew; no octets between two people,
/// whose conversation has no such record
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record SealBody(
        ConversationId conversation, DeviceId sender, byte[] membershipHead, List<Address> members, List<Wrap> wraps) {
    public static final int MAX_MEMBERS = 1024;
    public static final int MAX_WRAPS = 2048;

    private static final int OF_TWO = 1;
    private static final int OF_A_ROOM = 2;
    private static final int HEAD_BYTES = 32;

    /// @throws IllegalArgumentException for too few or too many members or wraps, any out of order or named
    /// twice, or a membership head that is no hash
    public SealBody {
        if (membershipHead.length != 0) {
            membershipHead = Octets.require("membership head", membershipHead, HEAD_BYTES);
        }
        members = List.copyOf(members);
        wraps = List.copyOf(wraps);
        requireSet("members", members, MAX_MEMBERS, Comparator.naturalOrder());
        requireSet(
                "wraps",
                wraps,
                MAX_WRAPS,
                Comparator.comparing(wrap -> wrap.device().hex()));
    }

    /// Between two people.
    public SealBody(ConversationId conversation, DeviceId sender, List<Address> members, List<Wrap> wraps) {
        this(conversation, sender, new byte[0], members, wraps);
    }

    @Override
    public byte[] membershipHead() {
        return membershipHead.clone();
    }

    /// SHA-256 over the DER: names this body and no other.
    public byte[] id() {
        return Digest.over(Der.encode(encode())).bytes();
    }

    DERSequence encode() {
        DERUTF8String[] addresses =
                members.stream().map(Address::value).map(DERUTF8String::new).toArray(DERUTF8String[]::new);
        DERSequence[] wrapped = wraps.stream()
                .map(wrap -> Asn1.sequence(
                        new DEROctetString(wrap.device().bytes()), Asn1.primitive(wrap.recipientInfoDer())))
                .toArray(DERSequence[]::new);
        boolean room = membershipHead.length > 0;
        ASN1EncodableVector body = new ASN1EncodableVector();
        body.add(new ASN1Integer(room ? OF_A_ROOM : OF_TWO));
        body.add(new DEROctetString(conversation.bytes()));
        body.add(new DEROctetString(sender.bytes()));
        if (room) {
            body.add(new DEROctetString(membershipHead));
        }
        body.add(new DERSequence(addresses));
        body.add(new DERSequence(wrapped));
        return new DERSequence(body);
    }

    static SealBody decode(ASN1Sequence sequence) throws MalformedNameException {
        boolean room = ASN1Integer.getInstance(sequence.getObjectAt(0)).intValueExact() == OF_A_ROOM;
        int rest = room ? 4 : 3;
        Asn1.requireSize(sequence, rest + 2);
        ASN1Sequence addresses = bounded(Asn1.sequence(sequence, rest), MAX_MEMBERS);
        ASN1Sequence wrapped = bounded(Asn1.sequence(sequence, rest + 1), MAX_WRAPS);
        List<Address> members = new ArrayList<>(addresses.size());
        for (int i = 0; i < addresses.size(); i++) {
            ASN1Primitive address = addresses.getObjectAt(i).toASN1Primitive();
            members.add(
                    Address.parseCanonical(ASN1UTF8String.getInstance(address).getString()));
        }
        List<Wrap> wraps = new ArrayList<>(wrapped.size());
        for (int i = 0; i < wrapped.size(); i++) {
            ASN1Sequence wrap = Asn1.sequence(wrapped, i);
            wraps.add(new Wrap(DeviceId.ofBytes(Asn1.octets(wrap, 0)), Der.encode(wrap.getObjectAt(1))));
        }
        return new SealBody(
                ConversationId.ofBytes(Asn1.octets(sequence, 1)),
                DeviceId.ofBytes(Asn1.octets(sequence, 2)),
                room ? Asn1.octets(sequence, 3) : new byte[0],
                members,
                wraps);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealBody that && Arrays.equals(id(), that.id());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id());
    }

    private static ASN1Sequence bounded(ASN1Sequence sequence, int max) {
        if (sequence.size() > max) {
            throw new IllegalArgumentException("sequence of " + sequence.size() + ", at most " + max);
        }
        return sequence;
    }

    private static <T> void requireSet(String what, List<T> elements, int max, Comparator<? super T> order) {
        if (elements.isEmpty() || elements.size() > max) {
            throw new IllegalArgumentException(elements.size() + " " + what + ", must be 1 to " + max);
        }
        for (int i = 1; i < elements.size(); i++) {
            if (order.compare(elements.get(i - 1), elements.get(i)) >= 0) {
                throw new IllegalArgumentException(what + " must ascend, each named once");
            }
        }
    }
}
