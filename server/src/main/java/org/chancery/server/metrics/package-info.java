/// What a relay counts, and where it is asked for it: [Metrics][org.chancery.server.metrics.Metrics] and
/// [Monitor][org.chancery.server.metrics.Monitor]. Every other package may count; this one knows none of them.
@NullMarked
package org.chancery.server.metrics;

import org.jspecify.annotations.NullMarked;
