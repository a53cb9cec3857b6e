package org.chancery.client.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;

/// Lines of a terminal or a pipe, read on a thread of their own: a thread that waits for one in read(2) hears no
/// interrupt, and so Ctrl-C would have to wait for it.
final class TypedLines {
    private sealed interface Read {
        record Line(String text) implements Read {}

        record End() implements Read {}

        record Failed(IOException why) implements Read {}
    }

    private final SynchronousQueue<Read> reads = new SynchronousQueue<>();

    private TypedLines() {}

    /// Reads until the end of `in`, at most one line ahead of who takes them.
    static TypedLines of(BufferedReader in) {
        TypedLines lines = new TypedLines();
        Thread.ofPlatform()
                .daemon() // still in read(2) when the program ends
                .name("typed")
                .start(() -> lines.read(in));
        return lines;
    }

    private void read(BufferedReader in) {
        try {
            try {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    reads.put(new Read.Line(line));
                }
                reads.put(new Read.End());
            } catch (IOException e) {
                reads.put(new Read.Failed(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody has a hold of this thread
        }
    }

    /// The next line, awaited; empty at the end. Not to be called again after that.
    ///
    /// @throws IOException if it cannot be read
    Optional<String> next() throws IOException, InterruptedException {
        return switch (reads.take()) {
            case Read.Line(String text) -> Optional.of(text);
            case Read.End _ -> Optional.empty();
            case Read.Failed(IOException why) -> throw why;
        };
    }
}
