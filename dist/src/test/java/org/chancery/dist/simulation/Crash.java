package org.chancery.dist.simulation;

/// A process ends here, wherever it is. An Error, so that nothing on the way takes it for a failure it can handle.
@SuppressWarnings("serial") // never serialised
final class Crash extends Error {
    Crash() {
        super("the simulation ends a process", null, false, false);
    }
}
