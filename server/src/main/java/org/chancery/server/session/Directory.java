package org.chancery.server.session;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Query;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.revocation.Grounds;

/// Answers who is who, to everybody who is let in.
final class Directory {

    private final ConversationLog log;
    private final SessionRegistry registry;
    private final Supplier<Grounds> grounds;

    /// @param grounds what is known to be revoked now; the log knows a moment later
    Directory(ConversationLog log, SessionRegistry registry, Supplier<Grounds> grounds) {
        this.log = log;
        this.registry = registry;
        this.grounds = grounds;
    }

    Frame.DirectoryAnswer answer(Frame.DirectoryQuery query) throws IOException {
        List<KnownDevice> found = switch (query.query()) {
            case Query.ByAddress(var address) -> log.devicesOf(address);
            case Query.ByDevice(var device) -> log.device(device).stream().toList();
            case Query.ByPrefix(String prefix, int limit) -> log.devicesByPrefix(prefix, limit);
        };
        return new Frame.DirectoryAnswer(
                query.id(),
                found.stream().limit(Query.ByPrefix.MAX_LIMIT).map(this::entry).toList(),
                deviceChain(query.query(), found));
    }

    /// Of the one address asked for; a list of people comes without.
    private List<byte[]> deviceChain(Query query, List<KnownDevice> found) throws IOException {
        return query instanceof Query.ByPrefix || found.isEmpty()
                ? List.of()
                : log.deviceChain(found.getFirst().address());
    }

    private DirectoryEntry entry(KnownDevice device) {
        return new DirectoryEntry(
                device.address(),
                device.displayName(),
                device.id(),
                device.chain(),
                device.revoked() || grounds.get().lists(device.chain()),
                registry.session(device.id()).isPresent());
    }
}
