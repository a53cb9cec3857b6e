package org.chancery.pki.envelope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.DerOutput;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// What a seal says, all of which its id covers. Members and devices are each named once, in ascending order, so
/// that one set has one encoding.
///
/// ```
/// SealBody ::= SEQUENCE {
///   version       INTEGER (3),
///   conversation  OCTET STRING (SIZE (32)),
///   sender        OCTET STRING (SIZE (32)),                  -- device
///   membership    OCTET STRING (SIZE (0 | 32)),              -- nothing between two people
///   members       SEQUENCE SIZE (1..1024) OF SEQUENCE {
///     address       UTF8String,                              -- canonical
///     chainHead     OCTET STRING (SIZE (0 | 32)) },          -- nothing where no device chain has begun
///   wraps         SEQUENCE SIZE (1..2048) OF SEQUENCE {
///     device        OCTET STRING (SIZE (32)),
///     keyNumber     INTEGER (0..2147483647),                 -- of the envelope key
///     recipient     KeyTransRecipientInfo } }
/// ```
///
/// There are no versions 1 and 2.
///
/// @param membershipHead hash of the room's last membership entry that the sender knew; no octets between two people,
/// whose conversation has no such record
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record SealBody(
        ConversationId conversation,
        DeviceId sender,
        byte[] membershipHead,
        List<SealMember> members,
        List<Wrap> wraps) {
    public static final int MAX_MEMBERS = 1024;
    public static final int MAX_WRAPS = 2048;

    private static final int VERSION = 3;
    private static final int HEAD_BYTES = 32;
    private static final int UTF8_STRING = 0x0c;

    /// What there is besides members and wraps, with tags and lengths; and a member at its longest.
    private static final int AROUND = 256;

    private static final int AROUND_A_WRAP = 48;
    private static final int MOST_OF_A_MEMBER = 300;

    /// @throws IllegalArgumentException for too few or too many members or wraps, any out of order or named
    /// twice, or a membership head that is no hash
    public SealBody {
        if (membershipHead.length != 0) {
            membershipHead = Octets.require("membership head", membershipHead, HEAD_BYTES);
        }
        members = List.copyOf(members);
        wraps = List.copyOf(wraps);
        requireSet("members", members, MAX_MEMBERS, Comparator.comparing(SealMember::address));
        requireSet(
                "wraps",
                wraps,
                MAX_WRAPS,
                Comparator.comparing(wrap -> wrap.device().hex()));
    }

    /// Between two people.
    public SealBody(ConversationId conversation, DeviceId sender, List<SealMember> members, List<Wrap> wraps) {
        this(conversation, sender, new byte[0], members, wraps);
    }

    /// The members without their chains.
    public List<Address> addresses() {
        return members.stream().map(SealMember::address).toList();
    }

    @Override
    public byte[] membershipHead() {
        return membershipHead.clone();
    }

    /// SHA-256 over the DER: names this body and no other.
    public byte[] id() {
        DerOutput out = new DerOutput(room());
        write(out);
        return Digest.over(out.toByteArray()).bytes();
    }

    /// Octets of it and a little more.
    int room() {
        int wrapped = wraps.stream().mapToInt(Wrap::length).sum();
        return AROUND + wrapped + wraps.size() * AROUND_A_WRAP + members.size() * MOST_OF_A_MEMBER;
    }

    /// By hand: a seal for a thousand devices is half a mebibyte.
    void write(DerOutput out) {
        int behind = out.size();
        for (Wrap wrap : wraps.reversed()) {
            int behindWrap = out.size();
            out.put(wrap.recipientInfoDer()).integer(wrap.keyNumber());
            out.value(DerCursor.OCTET_STRING, wrap.device().bytes()).within(DerCursor.SEQUENCE, behindWrap);
        }
        out.within(DerCursor.SEQUENCE, behind);
        int behindMembers = out.size();
        for (SealMember member : members.reversed()) {
            int behindMember = out.size();
            out.value(
                    DerCursor.OCTET_STRING,
                    member.chainHead().map(Digest::bytes).orElseGet(() -> new byte[0]));
            out.value(UTF8_STRING, member.address().value().getBytes(StandardCharsets.UTF_8));
            out.within(DerCursor.SEQUENCE, behindMember);
        }
        out.within(DerCursor.SEQUENCE, behindMembers);
        out.value(DerCursor.OCTET_STRING, membershipHead)
                .value(DerCursor.OCTET_STRING, sender.bytes())
                .value(DerCursor.OCTET_STRING, conversation.bytes())
                .integer(VERSION)
                .within(DerCursor.SEQUENCE, behind);
    }

    static SealBody decode(ASN1Sequence sequence) throws MalformedNameException {
        Asn1.requireSize(sequence, 6);
        if (integer(sequence, 0) != VERSION) {
            throw new IllegalArgumentException("seal of another version");
        }
        ASN1Sequence people = bounded(Asn1.sequence(sequence, 4), MAX_MEMBERS);
        ASN1Sequence wrapped = bounded(Asn1.sequence(sequence, 5), MAX_WRAPS);
        List<SealMember> members = new ArrayList<>(people.size());
        for (int i = 0; i < people.size(); i++) {
            members.add(member(Asn1.sequence(people, i)));
        }
        List<Wrap> wraps = new ArrayList<>(wrapped.size());
        for (int i = 0; i < wrapped.size(); i++) {
            ASN1Sequence wrap = Asn1.sequence(wrapped, i);
            wraps.add(new Wrap(
                    DeviceId.ofBytes(Asn1.octets(wrap, 0)), integer(wrap, 1), Der.encode(wrap.getObjectAt(2))));
        }
        return new SealBody(
                ConversationId.ofBytes(Asn1.octets(sequence, 1)),
                DeviceId.ofBytes(Asn1.octets(sequence, 2)),
                Asn1.octets(sequence, 3),
                members,
                wraps);
    }

    private static SealMember member(ASN1Sequence sequence) throws MalformedNameException {
        ASN1Primitive address = sequence.getObjectAt(0).toASN1Primitive();
        byte[] head = Asn1.octets(sequence, 1);
        return new SealMember(
                Address.parseCanonical(ASN1UTF8String.getInstance(address).getString()),
                head.length == 0 ? Optional.empty() : Optional.of(Digest.ofBytes(head)));
    }

    private static int integer(ASN1Sequence within, int index) {
        return ASN1Integer.getInstance(within.getObjectAt(index)).intValueExact();
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
