package org.chancery.pki.envelope;

import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.DerOutput;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;

/// Who can read the letters of one epoch: a content-encryption key wrapped once for each device, uploaded ahead of
/// the first letter under it.
///
/// The commitment is HMAC-SHA-256 under that key over the body's id. The relay compares it with each letter's; a
/// reader computes it before decrypting, and so knows that the key it unwrapped is the one every other reader has.
///
/// ```
/// ContentInfo { id-chancery-seal, SEQUENCE {
///   body        SealBody,
///   commitment  OCTET STRING (SIZE (32)) } }
/// ```
public final class Seal {
    /// Nothing longer is parsed; a frame is no longer either.
    public static final int MAX_BYTES = 1 << 20;

    public static final int ID_BYTES = 32;
    public static final int COMMITMENT_BYTES = 32;

    private static final byte[] SEAL = Der.encode(new ASN1ObjectIdentifier(EnvelopeOids.SEAL));

    /// Around the body.
    private static final int AROUND = 96;

    private final SealBody body;
    private final byte[] commitment;

    /// Puts a seal together; whether the commitment is true only a reader can tell.
    ///
    /// @throws IllegalArgumentException for a commitment that is not 32 octets
    public Seal(SealBody body, byte[] commitment) {
        this.body = body;
        this.commitment = Octets.require("commitment", commitment, COMMITMENT_BYTES);
    }

    /// Reads the DER of a seal.
    ///
    /// @throws MalformedEnvelopeException unless these octets are exactly a seal, members and devices each once
    /// and in order
    public static Seal parse(byte[] der) throws MalformedEnvelopeException {
        Seal seal = Asn1.parse("seal", der, MAX_BYTES, Seal::decode, Seal::der);
        for (Wrap wrap : seal.wraps()) {
            KeyTransRecipient.parse(wrap.recipientInfoDer());
        }
        return seal;
    }

    private static Seal decode(ASN1Primitive contentInfo) throws MalformedNameException {
        ASN1TaggedObject content = ASN1TaggedObject.getInstance(
                ASN1Sequence.getInstance(contentInfo).getObjectAt(1));
        ASN1Sequence sequence = ASN1Sequence.getInstance(content, true);
        return new Seal(SealBody.decode(Asn1.sequence(sequence, 0)), Asn1.octets(sequence, 1));
    }

    public byte[] der() {
        DerOutput out = new DerOutput(body.room() + AROUND);
        out.value(DerCursor.OCTET_STRING, commitment);
        body.write(out);
        out.within(DerCursor.SEQUENCE, 0).within(DerCursor.constructed(0), 0);
        return out.put(SEAL).within(DerCursor.SEQUENCE, 0).toByteArray();
    }

    /// SHA-256 over the body: what letters call this seal. The commitment, which is computed from it, is not
    /// covered.
    public byte[] id() {
        return body.id();
    }

    public ConversationId conversation() {
        return body.conversation();
    }

    public DeviceId sender() {
        return body.sender();
    }

    /// Hash of the room's last membership entry that the sender knew; no octets between two people.
    public byte[] membershipHead() {
        return body.membershipHead();
    }

    /// Everyone the sender took for a member, in ascending order, with their chains as the sender knew them.
    public List<SealMember> members() {
        return body.members();
    }

    /// The members without their chains.
    public List<Address> addresses() {
        return body.addresses();
    }

    /// One for each device that can read, in ascending order of the devices.
    public List<Wrap> wraps() {
        return body.wraps();
    }

    public byte[] commitment() {
        return commitment.clone();
    }

    @Override
    public String toString() {
        return "seal " + Octets.hex(id()) + " for " + wraps().size() + " devices in " + conversation();
    }
}
