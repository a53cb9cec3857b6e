package org.chancery.server.session;

import java.io.IOException;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.conversation.ConversationLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells who is here that somebody's devices are others, or that one asks to join. A signal: not logged, and dropped
/// when its receiver is behind. Does not block.
final class DeviceNews {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceNews.class);

    private final Session session;
    private final ConversationLog log;
    private final SessionRegistry registry;

    /// @param session whose doing it is: it knows
    DeviceNews(Session session, ConversationLog log, SessionRegistry registry) {
        this.session = session;
        this.log = log;
        this.registry = registry;
    }

    /// A device asks to join: its owner's others hear of it, nobody else.
    void offered() {
        tell(session.peer().address());
    }

    /// The chain has gone on: so do people who share a conversation. Who they are is read from the disk, on a thread
    /// that nobody waits for; how often this is asked for, the session's allowance bounds.
    void entered() {
        tell(session.peer().address());
        Thread.ofVirtual().name("device-news").start(this::tellContacts);
    }

    private void tellContacts() {
        try {
            for (Address contact : log.contactsOf(session.peer().address())) {
                tell(contact);
            }
        } catch (IOException e) {
            LOG.warn(
                    "nobody told that the devices of {} have changed",
                    session.peer().address(),
                    e);
        }
    }

    private void tell(Address listener) {
        Frame.DevicesChanged news = new Frame.DevicesChanged(session.peer().address());
        registry.sessions(listener).stream().filter(other -> other != session).forEach(other -> other.signal(news));
    }
}
