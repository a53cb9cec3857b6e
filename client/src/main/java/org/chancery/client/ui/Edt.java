package org.chancery.client.ui;

import java.awt.EventQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Swing's one thread. Every method that touches a component begins with [#require()].
final class Edt {
    private Edt() {}

    /// @throws IllegalStateException on any other thread: a component was about to be touched from outside
    static void require() {
        if (!EventQueue.isDispatchThread()) {
            throw new IllegalStateException(
                    "event thread required, is " + Thread.currentThread().getName());
        }
    }

    /// Runs `task` on the event thread and waits for what it gives.
    ///
    /// @throws InterruptedException when the waiting thread is interrupted; the task runs all the same
    static <T> T call(Callable<T> task) throws InterruptedException {
        FutureTask<T> future = new FutureTask<>(task);
        if (EventQueue.isDispatchThread()) {
            future.run();
        } else {
            EventQueue.invokeLater(future);
        }
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        }
    }
}
