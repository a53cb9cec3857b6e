package org.chancery.protocol.membership;

import java.util.Arrays;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;

/// What an entry says, before anybody has signed it.
public sealed interface MembershipEntry {

    /// Begins a room, whose owner its signer is.
    ///
    /// @param nonce 32 random octets, so that no two rooms are one
    @SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
    record Create(byte[] nonce) implements MembershipEntry {

        public static final int NONCE_BYTES = 32;

        /// @throws IllegalArgumentException unless there are 32 octets
        public Create {
            if (nonce.length != NONCE_BYTES) {
                throw new IllegalArgumentException("nonce of " + nonce.length + " octets, must be " + NONCE_BYTES);
            }
            nonce = nonce.clone();
        }

        @Override
        public byte[] nonce() {
            return nonce.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Create that && Arrays.equals(nonce, that.nonce);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(nonce);
        }
    }

    /// Changes a room.
    ///
    /// @param predecessor hash of the entry it follows
    record Change(ConversationId room, Digest predecessor, Act act) implements MembershipEntry {

        @Override
        public String toString() {
            return act + " in " + room.hex();
        }
    }

    /// What is done to a room. Who does it is the signer.
    sealed interface Act {

        /// Asks somebody in; nobody is a member before accepting.
        record Invite(Address address, Role role) implements Act {}

        /// Takes an invitation.
        record Accept() implements Act {}

        /// Goes, or turns an invitation down.
        record Leave() implements Act {}

        /// Sends somebody away, or takes an invitation back.
        record Remove(Address address) implements Act {}
    }

    /// The octets to sign: there is one encoding of an entry.
    default byte[] encode() {
        return MembershipCodec.encode(this);
    }

    /// The entry of signed octets. What is accepted encodes to the same octets again.
    ///
    /// @throws MembershipException [MembershipFailure#MALFORMED]
    static MembershipEntry decode(byte[] octets) throws MembershipException {
        return MembershipCodec.decode(octets);
    }
}
