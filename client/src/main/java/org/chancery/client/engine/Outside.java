package org.chancery.client.engine;

import java.util.function.Consumer;
import org.chancery.protocol.frame.Frame;

/// The ways out of the engine's thread: to the relay, to its directory, and to a later moment.
record Outside(Consumer<Frame> relay, Directory directory, Schedule schedule) {}
