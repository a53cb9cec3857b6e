package org.chancery.bench.relay;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One sender to a reader who is not there: how fast messages are taken for good, 64 under way.
final class Durable implements Load {

    private static final int WINDOW = 64;

    private final Stage stage;
    private final Link sender;
    private final Dialect.Writer writer;
    private long sent;

    Durable(Stage stage) throws IOException, InterruptedException {
        this.stage = stage;
        this.sender = stage.link(0);
        Link reader = stage.link(1);
        this.writer = stage.dialect().conversation(sender, List.of(reader), 0);
        reader.close();
        sender.listen(_ -> {});
        sender.answers.release(WINDOW);
    }

    @Override
    public Turn turn(double seconds) throws IOException, InterruptedException {
        long before = sent;
        Turn.Watch watch = stage.watch();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            if (!sender.answers.tryAcquire(10, TimeUnit.SECONDS)) {
                sender.check();
                throw new IOException("no answer");
            }
            sender.write(writer.next(System.nanoTime()));
            sent++;
        }
        Turn turn = watch.stop(sent - before);
        if (!sender.answers.tryAcquire(WINDOW, 10, TimeUnit.SECONDS)) {
            throw new IOException("no answer");
        }
        sender.answers.release(WINDOW);
        return turn;
    }
}
