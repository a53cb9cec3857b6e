/// What sealing and opening costs beside the JDK's own primitives, in alternating turns.
/// [EnvelopeBench][org.chancery.bench.envelope.EnvelopeBench] is the entry.
@NullMarked
package org.chancery.bench.envelope;

import org.jspecify.annotations.NullMarked;
