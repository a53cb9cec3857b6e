package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Verification;
import org.chancery.client.store.ChainChange;
import org.chancery.client.store.RememberedChain;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.SyncItem;
import org.chancery.protocol.frame.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a person finds out and decides about the device chains of others.
final class TrustActs {
    private static final Logger LOG = LoggerFactory.getLogger(TrustActs.class);

    private final Desk desk;
    private final Outside outside;
    private final ContactBook book;
    private final RememberedChains chains;
    private final OwnNotes ownNotes;
    private final Overview overview;
    private final Audience audience;

    TrustActs(
            Desk desk,
            Outside outside,
            ContactBook book,
            RememberedChains chains,
            OwnNotes ownNotes,
            Overview overview,
            Audience audience) {
        this.desk = desk;
        this.outside = outside;
        this.book = book;
        this.chains = chains;
        this.ownNotes = ownNotes;
        this.overview = overview;
        this.audience = audience;
    }

    /// Asks the relay, for what one is about to compare should be what it shows now; and says what there is.
    void verify(Address address) {
        outside.directory().ask(new Query.ByAddress(address), answer -> {
            if (answer.isPresent()) {
                book.takeListing(address, answer.get().entries());
            }
            audience.tell(new Event.Verified(verification(address)));
        });
    }

    private Verification verification(Address address) {
        return new Verification(
                address,
                chains.safetyNumber(address),
                chains.isVerified(address),
                chains.dispute(address).map(RememberedChain.Dispute::change),
                book.contact(address, Optional.empty(), 0).devices());
    }

    void act(Command.TrustAct act) throws StoreException {
        Optional<String> failure = switch (act) {
            case Command.MarkVerified(Address address, var compared) ->
                chains.safetyNumber(address).equals(Optional.of(compared))
                        ? marked(address, true)
                        : Optional.of("the safety number with " + address + " is another by now");
            case Command.MarkUnverified(Address address) -> marked(address, false);
            case Command.AcceptChain(Address address) -> accepted(address);
        };
        overview.contactsMayHaveChanged();
        audience.tell(new Event.TrustActed(act, failure));
    }

    private Optional<String> marked(Address address, boolean verified) throws StoreException {
        Optional<RememberedChain> chain = chains.chain(address);
        boolean marked = chain.isPresent() && chains.mark(address, chain.get().first(), verified);
        if (marked) {
            ownNotes.tellNow(new SyncItem.Mark(address, chain.get().first(), verified));
            return Optional.empty();
        }
        return Optional.of("there is no safety number with " + address
                + ": one of the two device chains is not known, or in dispute");
    }

    /// Another device of one's own is on the chain by now: it hears of every number that was compared.
    void share() {
        chains.verified().forEach((address, first) -> ownNotes.tell(new SyncItem.Mark(address, first, true)));
    }

    /// Another device of one's own says that a number was compared, or no longer so. Over a chain that is not
    /// known here it may be right: it is asked for.
    void told(SyncItem.Mark mark) throws StoreException {
        if (chains.chain(mark.address()).isPresent()) {
            take(mark);
        } else {
            outside.directory().ask(new Query.ByAddress(mark.address()), _ -> take(mark));
        }
    }

    private void take(SyncItem.Mark mark) throws StoreException {
        if (!chains.mark(mark.address(), mark.firstEntry(), mark.verified())) {
            LOG.info("another device speaks of a safety number that is not the one");
            return;
        }
        overview.contactsMayHaveChanged();
        chains.safetyNumber(mark.address())
                .<Command.TrustAct>map(number -> mark.verified()
                        ? new Command.MarkVerified(mark.address(), number)
                        : new Command.MarkUnverified(mark.address()))
                .ifPresent(act -> audience.tell(new Event.TrustActed(act, Optional.empty())));
    }

    private Optional<String> accepted(Address address) throws StoreException {
        Optional<ChainChange> change = chains.dispute(address).map(RememberedChain.Dispute::change);
        if (change.isEmpty()) {
            return Optional.of("the device chain of " + address + " is the one that it was");
        }
        if (!chains.accept(address)) {
            return Optional.of("the device chain of " + address + " "
                    + change.get().words() + ": there is nothing to accept in its place");
        }
        book.forgetListing(address); // sealed to whom it names now
        if (address.equals(desk.self())) {
            outside.directory().ask(new Query.ByAddress(address), _ -> {});
        }
        return Optional.empty();
    }
}
