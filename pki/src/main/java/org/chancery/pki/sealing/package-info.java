/// Seals content to devices and opens what was sealed: CMS SignedData (RFC 5652) in AuthEnvelopedData (RFC 5083).
/// The entry types are [org.chancery.pki.sealing.EnvelopeSealer] and [org.chancery.pki.sealing.EnvelopeOpener], and
/// for files [org.chancery.pki.sealing.FileSealer] and [org.chancery.pki.sealing.FileOpener]; for the files of a
/// conversation, which lie at the relay in chunks, [org.chancery.pki.sealing.SealedFile] and
/// [org.chancery.pki.sealing.OpenedFile].
///
/// Exported to the client alone: the relay must never hold an opener. Cryptography is the JCA's, structures are
/// Bouncy Castle's; [org.chancery.pki.sealing.FileCipher] names the one exception.
@NullMarked
package org.chancery.pki.sealing;

import org.jspecify.annotations.NullMarked;
