package org.chancery.client.terminal;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.client.chat.FileTransfer;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;

/// What was written here and has not reached the relay. Between the thread that reads lines and the engine's.
public final class Unsent {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final Set<Long> queued = new HashSet<>();
    private int submitted; // and not yet stored
    private boolean failed;

    void submitted() {
        lock.lock();
        try {
            submitted++;
        } finally {
            lock.unlock();
        }
    }

    /// What was submitted last will not be stored.
    void refused() {
        lock.lock();
        try {
            if (submitted > 0) {
                submitted--;
                failed = true;
                settled.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// A message is stored; one's own, with no time of the relay's, is one of those submitted here.
    public void stored(Message message) {
        lock.lock();
        try {
            if (message.mine() && message.receivedAt().isEmpty()) {
                submitted = Math.max(0, submitted - 1); // others send through the control socket
                queued.add(message.id());
                settle(message);
            }
        } finally {
            lock.unlock();
        }
    }

    /// A file that does not become a message was submitted all the same.
    void moved(FileTransfer transfer) {
        lock.lock();
        try {
            boolean lost =
                    transfer.state() == FileTransfer.State.FAILED || transfer.state() == FileTransfer.State.CANCELLED;
            if (lost && transfer.direction() == FileTransfer.Direction.SENT) {
                submitted = Math.max(0, submitted - 1);
                failed = true;
                settled.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// A message that was stored before has come further.
    public void changed(Message message) {
        lock.lock();
        try {
            settle(message);
        } finally {
            lock.unlock();
        }
    }

    private void settle(Message message) {
        if (message.state() != MessageState.QUEUED && queued.remove(message.id())) {
            failed |= message.state() == MessageState.FAILED;
            settled.signalAll();
        }
    }

    /// Waits until nothing is under way.
    ///
    /// @return whether everything has reached the relay
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        lock.lock();
        try {
            long left = unit.toNanos(timeout);
            while ((submitted > 0 || !queued.isEmpty()) && left > 0) {
                left = settled.awaitNanos(left);
            }
            return submitted == 0 && queued.isEmpty() && !failed;
        } finally {
            lock.unlock();
        }
    }
}
