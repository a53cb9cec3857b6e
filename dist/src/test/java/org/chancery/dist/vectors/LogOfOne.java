package org.chancery.dist.vectors;

import java.time.Instant;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.TranscriptHash;

/// The log of one conversation, as a relay keeps it.
final class LogOfOne {
    private final ConversationId conversation;
    private long places;
    private Digest transcript = Digest.NONE;

    LogOfOne(ConversationId conversation) {
        this.conversation = conversation;
    }

    ConversationId conversation() {
        return conversation;
    }

    long places() {
        return places;
    }

    Digest transcript() {
        return transcript;
    }

    /// The next place is this one's.
    void place(Digest what) {
        places++;
        transcript = TranscriptHash.next(transcript, places, what);
    }

    /// Delivers what lies at the last place.
    Frame.Deliver deliver(byte[] envelope, Address from, Instant acceptedAt) {
        return new Frame.Deliver(conversation, places, acceptedAt, transcript, envelope, from);
    }

    Frame.DeliverMembership deliver(EncodedRecord record, Instant acceptedAt) {
        return new Frame.DeliverMembership(conversation, transcript, new MembershipPlace(places, acceptedAt, record));
    }
}
