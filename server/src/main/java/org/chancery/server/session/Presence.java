package org.chancery.server.session;

import java.io.IOException;
import java.util.Collection;
import org.chancery.pki.name.Address;
import org.chancery.server.conversation.ConversationLog;

/// Tells people who share a conversation that the other comes or goes. A signal: not logged, and dropped when its
/// receiver is behind.
final class Presence {

    private final ConversationLog log;
    private final SessionRegistry registry;

    Presence(ConversationLog log, SessionRegistry registry) {
        this.log = log;
        this.registry = registry;
    }

    /// A session has been greeted: it hears who is here, and they hear of it.
    void arrived(Session session) throws IOException {
        Address address = session.peer().address();
        for (Address contact : log.contactsOf(address)) {
            if (online(contact)) {
                session.presence(contact, true);
                tell(contact, address, true);
            }
        }
    }

    /// A session is over and taken from the registry.
    void left(Session session) throws IOException {
        Address address = session.peer().address();
        if (!online(address)) {
            for (Address contact : log.contactsOf(address)) {
                tell(contact, address, false);
            }
        }
    }

    /// Members of a new conversation learn of each other. Does not block.
    void introduce(Collection<Address> members) {
        for (Address member : members) {
            for (Address other : members) {
                if (!member.equals(other)) {
                    tell(member, other, online(other));
                }
            }
        }
    }

    boolean online(Address address) {
        return !registry.sessions(address).isEmpty();
    }

    private void tell(Address listener, Address about, boolean online) {
        registry.sessions(listener).forEach(session -> session.presence(about, online));
    }
}
