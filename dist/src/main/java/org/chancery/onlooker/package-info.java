/// What someone sees who has taken a relay's disk: for the quickstart to show, and for nothing else.
///
/// Entry type: [Onlooker]. Knows the relay's database and the structure of envelopes; must never import `pki.sealing`.
@NullMarked
package org.chancery.onlooker;

import org.jspecify.annotations.NullMarked;
