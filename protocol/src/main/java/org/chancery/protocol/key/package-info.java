/// The keys that devices receive with. A device signs each of them,
/// [EnvelopeKey][org.chancery.protocol.key.EnvelopeKey] is what it says, and
/// [EnvelopeKeyStatement][org.chancery.protocol.key.EnvelopeKeyStatement] the proof that it said so. Octets on the
/// wire and in stores are those of the signed record ([SignedRecord][org.chancery.pki.record.SignedRecord]) around an
/// `EnvelopeKey` of `chat.proto`.
///
/// Knows public keys only, and no socket, no log and no frame.
@NullMarked
package org.chancery.protocol.key;

import org.jspecify.annotations.NullMarked;
