package org.chancery.client.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import org.chancery.client.room.RoomBook;
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.LetterVerifier;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device that is new has to know before it can verify the letters that it is handed: who the authors
/// are, and who belonged to the rooms.
final class Foreknowledge {
    private static final Logger LOG = LoggerFactory.getLogger(Foreknowledge.class);

    /// What is not known yet.
    record Wanted(Set<DeviceId> devices, Set<ConversationId> rooms) {
        static final Wanted NOTHING = new Wanted(Set.of(), Set.of());
    }

    private final Desk desk;
    private final ContactBook book;
    private final RememberedChains chains;
    private final RoomBook rooms;

    Foreknowledge(Desk desk, ContactBook book, RememberedChains chains, RoomBook rooms) {
        this.chains = chains;
        this.desk = desk;
        this.book = book;
        this.rooms = rooms;
    }

    /// For what a letter hands over, if it is one's own.
    Wanted wanted(Opening.Outcome.Opened opened) {
        if (!opened.party().equals(desk.person(desk.self()))
                || !(opened.content().body() instanceof Body.History history)) {
            return Wanted.NOTHING;
        }
        Set<DeviceId> devices = new LinkedHashSet<>();
        Set<ConversationId> unknown = new LinkedHashSet<>();
        for (Body.Resend letter : history.letters()) {
            look(letter.signedDataDer(), devices, unknown);
        }
        return new Wanted(devices, unknown);
    }

    /// A directory's list shows devices without the chains that they are on.
    private boolean isBelieved(DeviceId device) {
        return book.device(device)
                .filter(known -> chains.isOn(known.address(), device))
                .isPresent();
    }

    private void look(byte[] signedDataDer, Set<DeviceId> devices, Set<ConversationId> unknown) {
        try {
            LetterHeader header = LetterVerifier.claimedHeader(signedDataDer);
            if (!isBelieved(header.sender())) {
                devices.add(header.sender());
            }
            if (rooms.find(header.conversation()).isEmpty()
                    && Content.decode(LetterVerifier.claimedContent(signedDataDer))
                            .with()
                            .isEmpty()) {
                unknown.add(header.conversation());
            }
        } catch (EnvelopeException | ContentException e) {
            LOG.debug("no letter: it is refused when its turn comes", e);
        }
    }
}
