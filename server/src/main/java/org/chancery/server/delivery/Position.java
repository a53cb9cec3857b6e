package org.chancery.server.delivery;

import java.util.ArrayDeque;

/// Where the delivery to one device is in one conversation.
final class Position {

    /// The last place looked at.
    private long reached;

    /// What has been sent and not acknowledged, in order.
    private final ArrayDeque<Long> unacknowledged = new ArrayDeque<>();

    Position(long reached) {
        this.reached = reached;
    }

    long reached() {
        return reached;
    }

    void passed(long sequence) {
        reached = sequence;
    }

    void sent(long sequence) {
        reached = sequence;
        unacknowledged.add(sequence);
    }

    /// How many letters this settles.
    int acknowledge(long sequence) {
        int settled = 0;
        while (!unacknowledged.isEmpty() && unacknowledged.peek() <= sequence) {
            unacknowledged.remove();
            settled++;
        }
        return settled;
    }
}
