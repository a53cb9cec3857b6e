package org.chancery.client.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.store.ChainChange;
import org.chancery.client.store.ChainLink;
import org.chancery.client.store.DeviceChains;
import org.chancery.client.store.RememberedChain;
import org.chancery.client.store.RememberedChain.Dispute;
import org.chancery.client.store.RememberedChain.Mark;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.RecordSignature;
import org.chancery.pki.record.SignedRecord;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.SafetyNumber;
import org.chancery.protocol.frame.Clocks;

/// Everybody's device chain as this client goes by it. The first one seen of an address is believed; from then on
/// only what goes on from it. Everything else that a relay may show is a dispute, in which nothing is sealed to the
/// address until a person accepts what is shown; letters are believed by what was remembered. For the engine's thread.
public final class RememberedChains {
    private final Address self;
    private final DeviceChains store;
    private final ChainJudge judge;
    private final Map<Address, RememberedChain> chains = new HashMap<>();
    private final Map<Address, String> unjudged = new HashMap<>(); // why, of addresses without a remembered chain

    public RememberedChains(Address self, DeviceChains store, ChainJudge judge) throws StoreException {
        this.self = self;
        this.store = store;
        this.judge = judge;
        for (RememberedChain chain : store.all()) {
            chains.put(chain.address(), chain);
        }
    }

    /// Takes what the relay shows of an address.
    ///
    /// @param records first to last; none where the address has no chain
    /// @param issuers authorities, those of the signers among them; none is believed for being here
    public ChainNews take(Address address, List<EncodedRecord> records, Collection<X509Certificate> issuers)
            throws StoreException {
        unjudged.remove(address);
        return switch (judge.judge(address, records, issuers)) {
            case ChainVerdict.None _ ->
                chain(address).isPresent() ? dispute(address, ChainChange.GONE, List.of()) : new ChainNews.None();
            case ChainVerdict.Undecided(String why) -> {
                if (chain(address).isEmpty()) {
                    unjudged.put(address, why);
                }
                yield new ChainNews.Undecided(why);
            }
            case ChainVerdict.Broken(String why) ->
                chain(address).isPresent()
                        ? dispute(address, ChainChange.BROKEN, List.of())
                        : new ChainNews.Broken(why);
            case ChainVerdict.Verified _ -> take(address, links(records));
        };
    }

    private ChainNews take(Address address, List<ChainLink> shown) throws StoreException {
        RememberedChain before = chains.get(address);
        if (before == null) {
            keep(RememberedChain.begun(address, shown));
            return new ChainNews.Begun();
        }
        int known = before.links().size();
        if (isBeginning(before.links(), shown)) {
            boolean disputed = before.dispute().isPresent();
            if (shown.size() > known || disputed) {
                keep(before.with(shown));
            }
            if (disputed) {
                return new ChainNews.Back();
            }
            return shown.size() == known
                    ? new ChainNews.Same()
                    : new ChainNews.Grown(shown.subList(known, shown.size()));
        }
        if (!shown.getFirst().hash().equals(before.first())) {
            return dispute(address, ChainChange.ANEW, shown);
        }
        return dispute(
                address, isBeginning(shown, before.links()) ? ChainChange.ROLLED_BACK : ChainChange.FORKED, shown);
    }

    /// Whether `longer` goes on from `shorter`: an entry names the one before it by its hash, so the last is enough.
    private static boolean isBeginning(List<ChainLink> shorter, List<ChainLink> longer) {
        return longer.size() >= shorter.size()
                && longer.get(shorter.size() - 1)
                        .hash()
                        .equals(shorter.getLast().hash());
    }

    private ChainNews dispute(Address address, ChainChange change, List<ChainLink> shown) throws StoreException {
        RememberedChain before = chain(address).orElseThrow();
        Dispute dispute = new Dispute(change, shown);
        if (!before.dispute().equals(Optional.of(dispute))) {
            keep(before.disputed(dispute));
        }
        return new ChainNews.Disputed(change);
    }

    /// Of records that have been verified.
    private static List<ChainLink> links(List<EncodedRecord> records) {
        List<ChainLink> links = new ArrayList<>();
        try {
            for (EncodedRecord encoded : records) {
                SignedRecord record = encoded.parse();
                List<Instant> signed = record.signatures().stream()
                        .map(RecordSignature::signingTime)
                        .toList();
                DeviceEntry entry = DeviceEntry.decode(record.content());
                links.add(new ChainLink(record.hash(), entry.act(), Collections.max(signed)));
            }
        } catch (RecordException | DeviceException e) {
            throw new IllegalStateException("a verified record is none", e);
        }
        return links;
    }

    private void keep(RememberedChain chain) throws StoreException {
        store.put(chain);
        chains.put(chain.address(), chain);
    }

    /// What is remembered of an address.
    public Optional<RememberedChain> chain(Address address) {
        return Optional.ofNullable(chains.get(address));
    }

    /// There are newer revocation lists: what could not be judged is to be asked for again.
    public void judgeAnew() {
        unjudged.clear();
    }

    /// Why nothing can be said of an address's chain before there are newer revocation lists, where nothing is
    /// remembered of it.
    public Optional<String> unjudged(Address address) {
        return Optional.ofNullable(unjudged.get(address));
    }

    /// Why nothing is sealed to an address: what the relay shows in the place of its chain, where that is in dispute.
    public Optional<Dispute> dispute(Address address) {
        return chain(address).flatMap(RememberedChain::dispute);
    }

    /// Whether a device may be sealed to, as far as its owner's chain goes.
    public boolean isOn(Address address, DeviceId device) {
        return chain(address)
                .filter(chain -> chain.dispute().isEmpty())
                .map(chain -> chain.devices().contains(device))
                .orElse(false);
    }

    /// Whether a device was on its owner's chain when the relay took what it wrote.
    public boolean wasOn(Address address, DeviceId device, Instant acceptedAt) {
        return chain(address)
                .map(chain -> chain.had(device, acceptedAt, Clocks.MAX_SKEW))
                .orElse(false);
    }

    /// Whether a device of one's own was there for everything that another one can have written to its owner: it
    /// began the chain, or the other one joined its own later. What others wrote before nobody can say.
    public boolean wasThereFor(DeviceId own, Address address, DeviceId other) {
        Optional<RememberedChain> ours = chain(self);
        Optional<Instant> since = ours.flatMap(chain -> chain.joined(own));
        if (since.isEmpty() || ours.get().links().getFirst().joins().equals(Optional.of(own))) {
            return true;
        }
        return chain(address)
                .flatMap(chain -> chain.joined(other))
                .filter(joined -> joined.isAfter(since.get().plus(Clocks.MAX_SKEW)))
                .isPresent();
    }

    /// Goes by what the relay shows from now on, because a person says so. What was compared before falls with a chain
    /// that has started anew.
    ///
    /// @return whether there was something to accept
    public boolean accept(Address address) throws StoreException {
        Optional<RememberedChain> before = chain(address);
        Optional<Dispute> dispute = before.flatMap(RememberedChain::dispute)
                .filter(it -> it.change().canBeAccepted());
        if (dispute.isPresent()) {
            keep(before.get().with(dispute.get().links()));
        }
        return dispute.isPresent();
    }

    /// This device has begun the chain of its own address, whatever there was before.
    public void begun(EncodedRecord first) throws StoreException {
        keep(RememberedChain.begun(self, links(List.of(first))));
    }

    /// The number to compare with somebody; empty while one of the two chains is not known, or in dispute.
    public Optional<SafetyNumber> safetyNumber(Address address) {
        if (address.equals(self)) {
            return Optional.empty();
        }
        return undisputed(address)
                .flatMap(theirs -> undisputed(self)
                        .map(own -> SafetyNumber.of(
                                new SafetyNumber.Party(address, theirs.first()),
                                new SafetyNumber.Party(self, own.first()))));
    }

    private Optional<RememberedChain> undisputed(Address address) {
        return chain(address).filter(chain -> chain.dispute().isEmpty());
    }

    /// Whether a person has compared the number that holds now.
    public boolean isVerified(Address address) {
        Optional<Mark> now = currentMark(address);
        return now.isPresent()
                && undisputed(address).flatMap(RememberedChain::mark).equals(now);
    }

    /// Notes that a person has compared the number, or says no longer so.
    ///
    /// @param first hash of the first entry of the other's chain, which is what was compared
    /// @return whether that is how things stand now
    public boolean mark(Address address, Digest first, boolean verified) throws StoreException {
        Optional<Mark> now = currentMark(address).filter(mark -> mark.theirs().equals(first));
        if (now.isEmpty()) {
            return false;
        }
        keep(chain(address).orElseThrow().marked(verified ? now : Optional.empty()));
        return true;
    }

    private Optional<Mark> currentMark(Address address) {
        if (address.equals(self)) {
            return Optional.empty();
        }
        return undisputed(address)
                .flatMap(theirs -> undisputed(self).map(own -> new Mark(theirs.first(), own.first())));
    }

    /// Everybody who is verified now, with the first entry that was compared.
    public Map<Address, Digest> verified() {
        Map<Address, Digest> verified = new HashMap<>();
        for (RememberedChain chain : chains.values()) {
            if (isVerified(chain.address())) {
                verified.put(chain.address(), chain.first());
            }
        }
        return verified;
    }
}
