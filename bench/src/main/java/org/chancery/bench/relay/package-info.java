/// The relay's speed beside mosquitto and nats-server: one generator for all, over the same TLS, in alternating turns.
/// [RelayBench][org.chancery.bench.relay.RelayBench] is the entry.
@NullMarked
package org.chancery.bench.relay;

import org.jspecify.annotations.NullMarked;
