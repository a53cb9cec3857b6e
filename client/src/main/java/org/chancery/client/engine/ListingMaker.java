package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.chat.ChainState;
import org.chancery.client.chat.DeviceState;
import org.chancery.client.chat.ListedDevice;
import org.chancery.client.chat.Listing;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.ChainJudge;
import org.chancery.client.trust.ChainVerdict;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.KnownKeys;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;

/// From what the directory answers about an address to what is shown of it.
final class ListingMaker {
    private final Desk desk;
    private final DeviceJudge judge;
    private final ChainJudge chains;
    private final ContactBook book;

    ListingMaker(Desk desk, DeviceJudge judge, ChainJudge chains, ContactBook book) {
        this.desk = desk;
        this.judge = judge;
        this.chains = chains;
        this.book = book;
    }

    /// @param answer about this address, with its chain; at least one entry
    Listing of(Address address, DirectoryAnswer answer) throws StoreException {
        List<DirectoryEntry> own = answer.entries().stream()
                .filter(entry -> entry.address().equals(address))
                .toList();
        List<DeviceId> genuine = new ArrayList<>();
        for (DirectoryEntry entry : own) {
            if (book.learn(entry)) { // first, so that lists of authorities that are new here count
                genuine.add(entry.device());
            }
        }
        ChainVerdict verdict = chains.judge(address, answer.deviceChain(), Issuers.of(answer, desk));
        Optional<DeviceChain> chain =
                verdict instanceof ChainVerdict.Verified(DeviceChain holding) ? Optional.of(holding) : Optional.empty();
        Set<DeviceId> on = chain.map(DeviceChain::devices).orElse(Set.of());
        List<ListedDevice> devices = own.stream()
                .map(entry -> new ListedDevice(
                        entry.device(),
                        Certificates.sha256Fingerprint(entry.chain().leaf()),
                        entry.chain().leaf().getNotAfter().toInstant(),
                        genuine.contains(entry.device()) ? state(entry, chain) : DeviceState.UNTRUSTED,
                        on.contains(entry.device()),
                        entry.revoked(),
                        entry.online()))
                .sorted(Comparator.comparing(ListedDevice::onChain)
                        .thenComparing(ListedDevice::notAfter)
                        .reversed())
                .toList();
        return new Listing(
                address,
                own.stream()
                        .map(entry -> PathNames.displayName(entry.chain()))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(address.value()),
                state(verdict),
                verdict instanceof ChainVerdict.Broken(String why) ? Optional.of(why) : Optional.empty(),
                devices);
    }

    private static ChainState state(ChainVerdict verdict) {
        return switch (verdict) {
            case ChainVerdict.None _ -> ChainState.NONE;
            case ChainVerdict.Verified _ -> ChainState.VERIFIED;
            case ChainVerdict.Undecided _ -> ChainState.UNDECIDED;
            case ChainVerdict.Broken _ -> ChainState.BROKEN;
        };
    }

    private DeviceState state(DirectoryEntry entry, Optional<DeviceChain> chain) {
        try {
            judge.device(entry.chain(), entry.address());
            boolean ended = chain.map(DeviceChain::ended).orElse(Set.of()).contains(entry.device());
            if (ended) {
                return DeviceState.ENDED;
            }
            return book.receiving(entry.device()) instanceof KnownKeys.Standing.Dormant
                    ? DeviceState.DORMANT
                    : DeviceState.VALID;
        } catch (PathValidationException e) {
            return DeviceState.of(e.failure());
        }
    }
}
