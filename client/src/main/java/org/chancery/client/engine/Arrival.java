package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Deliver;
import org.chancery.protocol.frame.Frame.DeliverMembership;
import org.chancery.protocol.frame.Frame.Gap;

/// Something that the relay brought at a place of a conversation, waiting for its turn.
sealed interface Arrival {
    /// What a thing takes of memory besides its octets.
    long OVERHEAD = 1024;

    /// What a frame brings, where it brings something.
    static Optional<Arrival> of(Frame frame) {
        return switch (frame) {
            case Deliver letter -> Optional.of(new ALetter(letter));
            case DeliverMembership entry -> Optional.of(new AnEntry(entry));
            case Gap gap -> Optional.of(new AGap(gap));
            default -> Optional.empty();
        };
    }

    ConversationId conversation();

    long sequence();

    /// About what it takes of memory.
    long octets();

    record ALetter(Deliver frame) implements Arrival {
        @Override
        public ConversationId conversation() {
            return frame.conversation();
        }

        @Override
        public long sequence() {
            return frame.sequence();
        }

        @Override
        public long octets() {
            return frame.envelopeDer().length + OVERHEAD;
        }
    }

    record AnEntry(DeliverMembership frame) implements Arrival {
        @Override
        public ConversationId conversation() {
            return frame.conversation();
        }

        @Override
        public long sequence() {
            return frame.entry().sequence();
        }

        @Override
        public long octets() {
            return frame.entry().record().length() + OVERHEAD;
        }
    }

    /// That nothing more comes up to a place: the relay has let it go.
    record AGap(Gap frame) implements Arrival {
        @Override
        public ConversationId conversation() {
            return frame.conversation();
        }

        @Override
        public long sequence() {
            return frame.through();
        }

        @Override
        public long octets() {
            return OVERHEAD;
        }
    }
}
