/// Whole messengers, with their stores on disk, at a relay of its own process: how long one that was away takes
/// to catch up, and what a line costs on the wire.
/// [MessengerBench][org.chancery.bench.messenger.MessengerBench] runs both.
@NullMarked
package org.chancery.bench.messenger;

import org.jspecify.annotations.NullMarked;
