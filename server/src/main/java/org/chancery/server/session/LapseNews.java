package org.chancery.server.session;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.Lapse;

/// What a device is told of its letters that nobody fetched: some at a time, the next when it has seen most of those.
/// Who wrote to many has many: all at once they would fill its queue, which ends the session, and every other
/// after it. Thread safe: the session's reader and whoever lets go of letters tell of news.
final class LapseNews {

    /// Told, and not seen. A quarter of what may wait for a client to read.
    static final int UNDER_WAY = 256;

    private static final int PAGE = UNDER_WAY / 2;

    private record About(ConversationId conversation, Address address) {}

    private final ConversationLog log;
    private final DeviceId device;
    private final Consumer<Frame> client;

    /// Guards what follows, while the log is read as well.
    private final ReentrantLock lock = new ReentrantLock();

    /// Up to which place it was told, and has not seen.
    private final Map<About, Long> underWay = new HashMap<>();

    /// The last one that it was told of; empty before the first.
    private Optional<Lapse> reached = Optional.empty();

    /// There may be others behind that.
    private boolean more;

    /// There may be others before that.
    private boolean again;

    LapseNews(ConversationLog log, DeviceId device, Consumer<Frame> client) {
        this.log = log;
        this.device = device;
        this.client = client;
    }

    /// There may be news.
    void look() throws IOException {
        lock.lock();
        try {
            if (more) {
                again = true;
            } else {
                more = true;
            }
            tell();
        } finally {
            lock.unlock();
        }
    }

    /// The device has seen one of those that it was told of: anything else is no news, and no work for the log.
    void seen(Frame.LapsedSeen seen) throws IOException, InterruptedException {
        lock.lock();
        try {
            if (underWay.remove(new About(seen.conversation(), seen.address()), seen.through())) {
                log.seen(device, seen.conversation(), seen.address(), seen.through());
                tell();
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell() throws IOException {
        while (more && underWay.size() <= UNDER_WAY - PAGE) {
            List<Lapse> some = log.lapses(device, reached, PAGE);
            for (Lapse lapse : some) {
                Long told = underWay.put(new About(lapse.conversation(), lapse.address()), lapse.through());
                if (told == null || told < lapse.through()) {
                    client.accept(
                            new Frame.Lapsed(lapse.conversation(), lapse.address(), lapse.through(), lapse.count()));
                }
            }
            if (some.size() == PAGE) {
                reached = Optional.of(some.getLast());
            } else {
                reached = Optional.empty();
                more = again;
                again = false;
            }
        }
    }
}
