package org.chancery.pki.sealing;

import org.chancery.pki.envelope.Letter;

/// A letter just sealed, and the SignedData that is inside: for its writer to keep, who has no other way to it.
@SuppressWarnings("ArrayRecordComponent") // made here, handed on once, never compared
public record WrittenLetter(Letter letter, byte[] signedDataDer) {
    /// Names the letter; its content stays unsaid.
    @Override
    public String toString() {
        return letter.header().toString();
    }
}
