package org.chancery.protocol.membership;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// [MembershipEntry] to octets and back: a `MembershipEntry` of `chat.proto`. Nothing is accepted that would not be
/// written again as it stood.
final class MembershipCodec {

    /// An address of 254 octets, two hashes and what is around them.
    private static final int MAX_BYTES = 512;

    private MembershipCodec() {}

    static byte[] encode(MembershipEntry entry) {
        var wire = org.chancery.protocol.wire.MembershipEntry.newBuilder();
        switch (entry) {
            case MembershipEntry.Create create -> wire.getCreateBuilder().setNonce(ByteString.copyFrom(create.nonce()));
            case MembershipEntry.Change change -> {
                wire.setConversation(ByteString.copyFrom(change.room().bytes()))
                        .setPredecessor(ByteString.copyFrom(change.predecessor().bytes()));
                switch (change.act()) {
                    case Act.Invite(Address address, Role role) ->
                        wire.getInviteBuilder()
                                .setAddress(address.value())
                                .setRole(org.chancery.protocol.wire.MembershipEntry.Role.forNumber(role.code()));
                    case Act.Accept() -> wire.getAcceptBuilder();
                    case Act.Leave() -> wire.getLeaveBuilder();
                    case Act.Remove(Address address) -> wire.getRemoveBuilder().setAddress(address.value());
                }
            }
        }
        return wire.build().toByteArray();
    }

    static MembershipEntry decode(byte[] octets) throws MembershipException {
        if (octets.length > MAX_BYTES) {
            throw malformed("entry of " + octets.length + " octets, at most " + MAX_BYTES);
        }
        MembershipEntry entry;
        try {
            entry = entry(org.chancery.protocol.wire.MembershipEntry.parseFrom(octets));
        } catch (InvalidProtocolBufferException | MalformedNameException | IllegalArgumentException e) {
            throw malformed("no entry: " + e.getMessage());
        }
        if (!Arrays.equals(encode(entry), octets)) {
            throw malformed("not the one encoding of this entry");
        }
        return entry;
    }

    private static MembershipEntry entry(org.chancery.protocol.wire.MembershipEntry wire)
            throws MalformedNameException {
        return switch (wire.getActCase()) {
            case CREATE ->
                new MembershipEntry.Create(wire.getCreate().getNonce().toByteArray());
            case INVITE ->
                change(
                        wire,
                        new Act.Invite(
                                Address.parseCanonical(wire.getInvite().getAddress()),
                                Role.ofCode(wire.getInvite().getRole().getNumber())
                                        .orElseThrow(() -> new IllegalArgumentException("a role that is none"))));
            case ACCEPT -> change(wire, new Act.Accept());
            case LEAVE -> change(wire, new Act.Leave());
            case REMOVE ->
                change(
                        wire,
                        new Act.Remove(Address.parseCanonical(wire.getRemove().getAddress())));
            case ACT_NOT_SET -> throw new IllegalArgumentException("nothing known is done");
        };
    }

    private static MembershipEntry change(org.chancery.protocol.wire.MembershipEntry wire, Act act) {
        return new MembershipEntry.Change(
                ConversationId.ofBytes(wire.getConversation().toByteArray()),
                Digest.ofBytes(wire.getPredecessor().toByteArray()),
                act);
    }

    private static MembershipException malformed(String message) {
        return new MembershipException(MembershipFailure.MALFORMED, message);
    }
}
