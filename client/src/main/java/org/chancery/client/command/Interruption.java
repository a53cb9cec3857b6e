package org.chancery.client.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.console.ExitCode;

/// SIGTERM and Ctrl-C while a command runs that has no end of its own: being told to stop and stopping is success.
final class Interruption implements AutoCloseable {
    /// For the last acknowledgements to leave and the store to be closed. What was not said is said again next time.
    private static final long PARTING_SECONDS = 5;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private final Thread command = Thread.currentThread();

    private Interruption() {}

    /// Hears from now on; for the command's own thread.
    static Interruption heard() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /// Blocks until the process is told to stop.
    void await() throws InterruptedException {
        asked.await();
    }

    /// The JVM would report the signal as its exit code, so the process ends here, when the command has finished.
    private void stop() {
        asked.countDown();
        command.interrupt(); // it may be waiting for a line of input
        try {
            finished.await(PARTING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.DONE.code());
    }

    /// The command has finished by itself, or because it was asked to.
    @Override
    public void close() {
        finished.countDown();
        if (asked.getCount() > 0) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                return; // the process is ending at this very moment, and the hook sees it through
            }
        }
    }
}
