/// Who belongs to a room: a chain of signed entries, each naming the one before it, which relay and clients follow by
/// the same rules. [Membership][org.chancery.protocol.membership.Membership] is where a room stands,
/// [Amendment][org.chancery.protocol.membership.Amendment] a signed entry that may change it. Octets on the wire and
/// in stores are those of the signed record ([SignedRecord][org.chancery.pki.record.SignedRecord]) around a
/// `MembershipEntry` of `chat.proto`.
///
/// To sign one: `RecordSigner.sign(identity, ContentPurpose.MEMBERSHIP, membership.next(act).encode(), now)`.
///
/// Knows no socket, no log and no frame.
@NullMarked
package org.chancery.protocol.membership;

import org.jspecify.annotations.NullMarked;
