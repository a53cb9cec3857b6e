package org.chancery.server.session;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.conversation.ConversationLog;

/// Passes on that somebody writes, to the other members who are here. A signal: not logged, not answered, and dropped
/// where it would cost much: in a large conversation, or when it was said a moment ago. For one session's reading
/// thread.
final class Typing {

    /// Beyond, somebody writes all the time, and every word would go to everybody.
    private static final int MOST_MEMBERS = 50;

    /// Clients repeat it every few seconds while somebody writes.
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ConversationLog log;
    private final SessionRegistry registry;
    private long passedOnNanos = System.nanoTime() - PAUSE_NANOS;

    Typing(ConversationLog log, SessionRegistry registry) {
        this.log = log;
        this.registry = registry;
    }

    void passOn(Frame.Typing typing, Address from) throws IOException {
        long now = System.nanoTime();
        if (now - passedOnNanos < PAUSE_NANOS) {
            return;
        }
        passedOnNanos = now;
        Set<Address> members = log.membersOf(typing.conversation());
        if (!members.contains(from) || members.size() > MOST_MEMBERS) {
            return;
        }
        Frame.Typing told = new Frame.Typing(typing.conversation(), Optional.of(from));
        for (Address member : members) {
            if (!member.equals(from)) {
                registry.sessions(member).forEach(session -> session.signal(told));
            }
        }
    }
}
