/// Many clients, a relay, disks and a network from one seed, on one thread: the client's own state machines and
/// the relay's own log, with nothing simulated but what is outside of them.
/// [Simulation][org.chancery.dist.simulation.Simulation] is the entry.
@NullMarked
package org.chancery.dist.simulation;

import org.jspecify.annotations.NullMarked;
