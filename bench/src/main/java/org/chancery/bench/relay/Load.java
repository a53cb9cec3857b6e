package org.chancery.bench.relay;

import java.io.IOException;

/// Work for one contestant, in turns. Connections stay open from turn to turn.
interface Load {

    /// Makes the load on a stage that has just been set.
    interface Maker {
        Load on(Stage stage) throws IOException, InterruptedException;
    }

    /// Works for so long.
    Turn turn(double seconds) throws IOException, InterruptedException;
}
