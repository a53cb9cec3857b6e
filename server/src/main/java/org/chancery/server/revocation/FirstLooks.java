package org.chancery.server.revocation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The first look at every source, all at once: a start waits for the slowest, not for their sum.
final class FirstLooks {

    private FirstLooks() {}

    /// @throws IOException of the first source, in order, that gives nothing to begin with
    static void all(List<CrlFollower> followers) throws IOException, InterruptedException {
        List<FutureTask<CrlFollower>> looks = new ArrayList<>();
        for (CrlFollower follower : followers) {
            FutureTask<CrlFollower> look = new FutureTask<>(() -> {
                follower.first();
                return follower;
            });
            looks.add(look);
            Thread.ofVirtual().name("first-look").start(look);
        }
        for (FutureTask<CrlFollower> look : looks) {
            await(look);
        }
    }

    private static void await(FutureTask<CrlFollower> look) throws IOException, InterruptedException {
        try {
            look.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException bug -> throw bug;
                case Error bug -> throw bug;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
