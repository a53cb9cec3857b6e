package org.chancery.server.conversation.sqlite;

import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.DeviceId;

/// A device has everything up to there. Nobody waits for that: lost, the letters are delivered once more.
record Acknowledgement(Remembered known, DeviceId device, ConversationId conversation, long sequence)
        implements GroupCommit.Change {

    @Override
    public Runnable apply(Sql sql) {
        known.acknowledged(device, conversation, sequence);
        return () -> {};
    }

    @Override
    public boolean tellsRemembered() {
        return true;
    }

    @Override
    public boolean urgent() {
        return false;
    }
}
