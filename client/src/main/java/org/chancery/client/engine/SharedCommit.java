package org.chancery.client.engine;

import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreException;

/// Several things in one commit, and so at the price of one fsync. What is told and said meanwhile waits until
/// all of it is on the disk; where the commit fails it is never told or said. For the engine's thread.
final class SharedCommit {
    private final MessageStore store;
    private final Audience audience;
    private final HeldFrames frames;
    private boolean open;

    SharedCommit(MessageStore store, Audience audience, HeldFrames frames) {
        this.store = store;
        this.audience = audience;
        this.frames = frames;
    }

    /// Does `work`, and everything in it, or nothing. May be nested: the outermost counts.
    void of(Schedule.Task work) throws StoreException {
        if (open) {
            work.run();
            return;
        }
        open = true;
        audience.hold();
        frames.hold();
        boolean durable = false;
        try {
            store.commit(work::run);
            durable = true;
        } finally {
            open = false;
            if (!durable) {
                audience.discard();
                frames.discard();
            }
        }
        audience.release();
        frames.release();
    }
}
