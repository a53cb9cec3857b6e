/// The structure of letters and seals: parse, take apart, staple. Nothing here holds a key or can open anything, so
/// that the relay may use all of it; [org.chancery.pki.envelope.Letter] is where to begin.
///
/// Every parser is canonical: what it accepts, it would encode to the same octets. Must never import the sealing
/// package.
@NullMarked
package org.chancery.pki.envelope;

import org.jspecify.annotations.NullMarked;
