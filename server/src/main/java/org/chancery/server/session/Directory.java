package org.chancery.server.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.Query;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.revocation.Grounds;

/// Answers who is who, to everybody who is let in.
final class Directory {

    /// What an answer has for certificates and records, with room for what is around them.
    private static final int ROOM = FrameLimits.HIGHEST - (64 << 10);

    /// An address and a name at their longest, and what a device has besides.
    private static final int AROUND_CERTIFICATES = 1024;

    private final ConversationLog log;
    private final SessionRegistry registry;
    private final Supplier<Grounds> grounds;

    /// @param grounds what is known to be revoked now; the log knows a moment later
    Directory(ConversationLog log, SessionRegistry registry, Supplier<Grounds> grounds) {
        this.log = log;
        this.registry = registry;
        this.grounds = grounds;
    }

    /// @param asker whose offers of devices nobody else is shown
    Frame.DirectoryAnswer answer(Frame.DirectoryQuery query, Address asker) throws IOException {
        List<KnownDevice> found = switch (query.query()) {
            case Query.ByAddress(var address) -> log.devicesOf(address);
            case Query.ByDevice(var device) -> log.device(device).stream().toList();
            case Query.ByPrefix(String prefix, int limit) -> log.devicesByPrefix(prefix, limit);
        };
        List<EncodedRecord> chain = deviceChain(query.query(), found);
        List<EncodedRecord> offers = offers(query.query(), found, asker);
        int octets = Stream.concat(chain.stream(), offers.stream())
                .mapToInt(EncodedRecord::length)
                .sum();
        List<DirectoryEntry> entries = new ArrayList<>();
        for (KnownDevice device : found.subList(0, Math.min(found.size(), Query.ByPrefix.MAX_LIMIT))) {
            octets += octets(device);
            if (octets > ROOM) {
                break; // who asks for a list finds the rest by a longer prefix
            }
            entries.add(entry(device));
        }
        return new Frame.DirectoryAnswer(query.id(), entries, chain, offers);
    }

    private static int octets(KnownDevice device) {
        return AROUND_CERTIFICATES
                + device.chain().certificates().stream()
                        .mapToInt(certificate -> Certificates.der(certificate).length)
                        .sum()
                + device.envelopeKey().map(EncodedRecord::length).orElse(0);
    }

    /// Of the one address asked for; a list of people comes without.
    private List<EncodedRecord> deviceChain(Query query, List<KnownDevice> found) throws IOException {
        return query instanceof Query.ByPrefix || found.isEmpty()
                ? List.of()
                : log.deviceChain(found.getFirst().address());
    }

    private List<EncodedRecord> offers(Query query, List<KnownDevice> found, Address asker) throws IOException {
        boolean own = !(query instanceof Query.ByPrefix)
                && !found.isEmpty()
                && found.getFirst().address().equals(asker);
        return own ? log.deviceOffers(asker) : List.of();
    }

    private DirectoryEntry entry(KnownDevice device) {
        return new DirectoryEntry(
                device.address(),
                device.displayName(),
                device.id(),
                device.chain(),
                device.revoked() || grounds.get().lists(device.chain()),
                registry.session(device.id()).isPresent(),
                device.envelopeKey());
    }
}
