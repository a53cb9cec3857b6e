/// Whom to believe: [org.chancery.client.trust.HeldRevocations] and [org.chancery.client.trust.DeviceJudge].
///
/// Everything here ends at the one path validator and at revocation lists that this client verified itself. Never
/// takes the relay's word, and never imports the engine.
@NullMarked
package org.chancery.client.trust;

import org.jspecify.annotations.NullMarked;
