package org.chancery.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TypedLinesTest {
    /// Where nobody types: waits as read(2) does, which hears no interrupt.
    private static final class Silence extends Reader {
        final CountDownLatch reached = new CountDownLatch(1);
        private final Semaphore never = new Semaphore(0);

        @Override
        public int read(char[] target, int offset, int length) {
            reached.countDown();
            never.acquireUninterruptibly();
            return -1;
        }

        @Override
        public void close() {}
    }

    private static TypedLines typed(String text) {
        return TypedLines.of(new BufferedReader(new StringReader(text)));
    }

    @Test
    void givesEachLineAndThenTheEnd() throws Exception {
        TypedLines lines = typed("one\n\nthree");

        assertThat(lines.next()).contains("one");
        assertThat(lines.next()).contains("");
        assertThat(lines.next()).contains("three");
        assertThat(lines.next()).isEmpty();
    }

    @Test
    void whoWaitsForALineHearsThatTheyAreToStop() throws Exception {
        Silence silence = new Silence();
        TypedLines lines = TypedLines.of(new BufferedReader(silence));
        Thread.currentThread().interrupt();

        assertThatThrownBy(lines::next).isInstanceOf(InterruptedException.class);
        silence.reached.await(); // it was waited for
    }

    @Test
    void saysWhyALineCannotBeRead() {
        TypedLines lines = TypedLines.of(new BufferedReader(new Reader() {
            @Override
            public int read(char[] target, int offset, int length) throws IOException {
                throw new IOException("the terminal is gone");
            }

            @Override
            public void close() {}
        }));

        assertThatThrownBy(lines::next).isInstanceOf(IOException.class).hasMessage("the terminal is gone");
    }
}
