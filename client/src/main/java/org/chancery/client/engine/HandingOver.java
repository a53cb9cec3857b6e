package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.chat.Event;
import org.chancery.client.store.Handover;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Query;

/// Hands what is here to a new device of one's own: the letters of the last weeks, the newest first, as their
/// authors signed them. It goes as letters in the conversation of the address with itself, a few at a time, so
/// that nothing else has to wait; how far it has come is in the store.
///
/// What was deleted is not here any more; what people say who are blocked is left out.
final class HandingOver {
    static final Duration MAX_AGE = Duration.ofDays(30);
    static final int MAX_LETTERS = 10_000;
    static final long MAX_OCTETS = 32L << 20;

    /// Of what one letter carries: half of what it might, so that the frame around it fits any relay.
    private static final int BATCH_OCTETS = Body.Resend.MAX_OCTETS / 2;

    /// Letters that wait for the relay at a time.
    private static final int AHEAD = 2;

    /// Lines that are read at a time.
    private static final int PAGE = 200;

    /// Before the relay is asked again that would not answer for the moment.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Desk desk;
    private final Outside outside;
    private final ContactBook book;
    private final RememberedChains chains;
    private final Outgoing outgoing;
    private final Originals originals;
    private final Audience audience;
    private boolean asking;

    HandingOver(
            Desk desk,
            Outside outside,
            ContactBook book,
            RememberedChains chains,
            Outgoing outgoing,
            Audience audience,
            Sealing sealing) {
        this.desk = desk;
        this.outside = outside;
        this.book = book;
        this.chains = chains;
        this.outgoing = outgoing;
        this.originals = new Originals(desk.store().history(), sealing);
        this.audience = audience;
    }

    /// A person wants it.
    void begin(DeviceId device) throws StoreException {
        desk.store()
                .handovers()
                .put(new Handover(
                        device,
                        desk.store().history().newest() + 1,
                        desk.clock().instant().minus(MAX_AGE),
                        0,
                        0));
        book.forgetListing(desk.self());
    }

    /// There is a moment.
    void look() throws StoreException {
        Party own = desk.person(desk.self());
        if (asking || !outgoing.isOpen() || outgoing.waiting(own.conversation()) >= AHEAD) {
            return;
        }
        Optional<Handover> next = desk.store().handovers().first();
        if (next.isEmpty()) {
            return;
        }
        DeviceId device = next.get().device();
        if (!chains.isOn(desk.self(), device) || device.equals(desk.device())) {
            done(next.get()); // it was ended, or never joined
        } else if (!book.isListed(desk.self())) {
            ask();
        } else if (receives(device)) {
            step(own, next.get());
        }
    }

    private void ask() {
        asking = true;
        outside.directory().ask(new Query.ByAddress(desk.self()), answer -> {
            if (answer.isPresent()) {
                asking = false;
                book.takeListing(desk.self(), answer.get().entries());
            } else {
                outside.schedule().after(PAUSE, () -> asking = false);
            }
        });
    }

    /// Without a key of its own it could read nothing; when it has published one, the relay says that devices
    /// changed.
    private boolean receives(DeviceId device) {
        return book.readers(desk.self()) instanceof Readers.Some(var keys)
                && keys.stream().anyMatch(key -> key.device().equals(device));
    }

    private void step(Party own, Handover handover) throws StoreException {
        List<Body.Resend> batch = new ArrayList<>();
        long octets = 0;
        long before = handover.before();
        Set<Address> blocked = desk.store().blocked().all();
        List<StoredLine> page = desk.store().history().before(before, PAGE);
        for (StoredLine line : page) {
            Optional<Body.Resend> letter =
                    isWanted(line.line(), handover, blocked) ? originals.of(line) : Optional.empty();
            if (letter.isPresent()) {
                int length = letter.get().signedDataDer().length;
                if (!batch.isEmpty() && octets + length > BATCH_OCTETS) {
                    break;
                }
                batch.add(letter.get());
                octets += length;
            }
            before = line.id();
        }
        boolean full = handover.letters() + batch.size() > MAX_LETTERS || handover.octets() + octets > MAX_OCTETS;
        if (page.isEmpty() || full) {
            if (outgoing.waiting(own.conversation()) == 0) {
                done(handover);
            }
            return;
        }
        Handover further = handover.further(before, batch.size(), octets);
        if (!batch.isEmpty()) {
            outgoing.say(own, new Body.History(batch)); // and once more, if the process ends here: that does no harm
            audience.tell(new Event.HistoryHandedOver(further.device(), further.letters(), false));
        }
        desk.store().handovers().put(further);
        if (batch.isEmpty()) {
            outside.schedule().after(Duration.ZERO, this::look); // others first
        }
    }

    private boolean isWanted(Line line, Handover handover, Set<Address> blocked) {
        boolean silenced = !line.mine()
                && (blocked.contains(line.from())
                        || line.party().person().map(blocked::contains).orElse(false));
        return !silenced
                && !line.sentAt().isBefore(handover.since())
                && line.body().filter(Body.Said.class::isInstance).isPresent();
    }

    private void done(Handover handover) throws StoreException {
        desk.store().handovers().remove(handover.device());
        audience.tell(new Event.HistoryHandedOver(handover.device(), handover.letters(), true));
    }

    /// The connection is lost.
    void forget() {
        asking = false;
    }
}
