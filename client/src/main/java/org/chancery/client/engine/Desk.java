package org.chancery.client.engine;

import java.security.SecureRandom;
import java.time.Clock;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What every part of the engine works with: who we are, what we remember, what time it is, and where to
/// tell what goes wrong.
record Desk(Address self, Identity identity, MessageStore store, Clock clock, SecureRandom random, Problems problems) {
    DeviceId device() {
        return identity.key().deviceId();
    }

    /// The conversation with `party`, begun now if nothing has happened in it yet.
    Conversation conversation(Party party) throws StoreException {
        return store.conversations()
                .find(party.conversation())
                .orElseGet(() -> Conversation.begun(party, ChainId.random(random)));
    }

    /// The conversation with one other person, or with oneself.
    Party person(Address other) {
        return Party.person(self, other);
    }
}
