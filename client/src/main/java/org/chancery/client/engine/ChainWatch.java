package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.store.ChainChange;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.ChainNews;
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds every device chain that the directory shows against what is remembered, before anybody goes by the answer:
/// what has merely gone on is quiet, everything else is told.
final class ChainWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ChainWatch.class);

    private final Desk desk;
    private final ContactBook book;
    private final RememberedChains chains;
    private final OwnChain own;
    private final TrustActs trustActs;
    private final Overview overview;

    ChainWatch(
            Desk desk,
            ContactBook book,
            RememberedChains chains,
            OwnChain own,
            TrustActs trustActs,
            Overview overview) {
        this.desk = desk;
        this.book = book;
        this.chains = chains;
        this.own = own;
        this.trustActs = trustActs;
        this.overview = overview;
    }

    /// Takes an answer of the directory.
    void shown(Query query, DirectoryAnswer answer) throws StoreException {
        Optional<Address> about = about(query, answer);
        if (about.isEmpty()) {
            return;
        }
        for (DirectoryEntry entry : answer.entries()) {
            book.learn(entry); // first, so that lists of authorities that are new here count
        }
        ChainNews news = chains.take(about.get(), answer.deviceChain(), Issuers.of(answer, desk));
        if (about.get().equals(desk.self())) {
            own.shown(news, answer);
            if (news instanceof ChainNews.Grown && chains.isOn(desk.self(), desk.device())) {
                trustActs.share();
            }
        } else {
            tell(about.get(), news);
        }
        overview.contactsMayHaveChanged();
    }

    private static Optional<Address> about(Query query, DirectoryAnswer answer) {
        return switch (query) {
            case Query.ByAddress(Address address) -> Optional.of(address);
            case Query.ByDevice _ -> answer.entries().stream().findFirst().map(DirectoryEntry::address);
            case Query.ByPrefix _ -> Optional.empty(); // comes without chains
        };
    }

    private void tell(Address address, ChainNews news) {
        switch (news) {
            case ChainNews.Disputed(ChainChange change) ->
                desk.problems()
                        .tell(
                                ProblemKind.DEVICE_CHAIN,
                                change.sentence(address),
                                change.canBeAccepted()
                                        ? "ask them whether they know why, then: client verify " + address + " --accept"
                                        : "ask them whether they know why");
            case ChainNews.Broken(String why) ->
                desk.problems()
                        .tell(
                                ProblemKind.DEVICE_CHAIN,
                                "the device chain that the relay shows of " + address + " does not hold: " + why);
            case ChainNews.Grown(var since) ->
                LOG.info("the device chain of {} has gone on by {} entries", address, since.size());
            case ChainNews.Back _ -> LOG.info("the relay shows the device chain of {} as it was", address);
            case ChainNews.Undecided(String why) ->
                LOG.info("the device chain of {} cannot be judged yet: {}", address, why);
            case ChainNews.None _, ChainNews.Begun _, ChainNews.Same _ -> {}
        }
    }
}
