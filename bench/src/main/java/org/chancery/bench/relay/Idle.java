package org.chancery.bench.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// People who are connected, let in, and say nothing: what each costs in memory.
final class Idle {

    private static final int SETTLE_SECONDS = 3;

    private Idle() {}

    /// @param perConnectionKb what the server grew by, shared among all of them
    /// @param openMillis CPU of the server for each connection since the last level
    record Level(int connections, long residentKb, double perConnectionKb, double openMillis) {}

    static List<Level> measure(Stage stage, List<Integer> levels) throws IOException, InterruptedException {
        List<Level> measured = new ArrayList<>();
        long before = ProcessFigures.of(stage.server().pid()).residentKb();
        int open = 0;
        for (int level : levels) {
            double cpu = ProcessFigures.of(stage.server().pid()).cpuSeconds();
            stage.links(open, level - open);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            ProcessFigures now = ProcessFigures.of(stage.server().pid());
            measured.add(new Level(
                    level,
                    now.residentKb(),
                    (double) (now.residentKb() - before) / level,
                    (now.cpuSeconds() - cpu) * 1000 / (level - open)));
            open = level;
        }
        return measured;
    }
}
