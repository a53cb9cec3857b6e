package org.chancery.dist.simulation;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Numbers that a seed determines, where the program wants unpredictable ones.
@SuppressWarnings("serial") // never serialised
final class SeededRandom extends SecureRandom {
    private final SplittableRandom random;

    /// What is to happen before the next octets are drawn; a disk can fail there, for every record is sealed under
    /// drawn octets.
    private Runnable before = () -> {};

    SeededRandom(long seed) {
        super(null, null);
        random = new SplittableRandom(seed);
    }

    void before(Runnable act) {
        before = act;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        before.run();
        random.nextBytes(bytes);
    }
}
