/// Signed records: what an identity key says for everybody to read, kept as long as anybody may ask who said
/// it (a change of a room's members, of a person's devices). CMS SignedData (RFC 5652) with the certificates
/// of its signers, so that `openssl cms -verify` checks one alone; [org.chancery.pki.record.SignedRecord]
/// draws it.
///
/// The way in is [org.chancery.pki.record.SignedRecord#parse], and [org.chancery.pki.record.VerifiedRecord]
/// is the proof. Structure and verification only, for the relay as for clients; who signs is `pki.sealing`.
@NullMarked
package org.chancery.pki.record;

import org.jspecify.annotations.NullMarked;
