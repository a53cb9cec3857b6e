package org.chancery.pki.sealing;

import java.time.Instant;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.path.ValidatedPath;

/// A letter whose signature holds, decrypted or as somebody else decrypted it: the only form in which content leaves
/// this package. Only [EnvelopeOpener] and [LetterVerifier] make one.
public final class OpenedEnvelope {
    private final byte[] content;
    private final LetterHeader header;
    private final ValidatedPath signer;
    private final Instant signingTime;
    private final byte[] signedData;

    OpenedEnvelope(byte[] content, LetterHeader header, ValidatedPath signer, Instant signingTime, byte[] signedData) {
        this.content = content.clone();
        this.header = header;
        this.signer = signer;
        this.signingTime = signingTime;
        this.signedData = signedData.clone();
    }

    public byte[] content() {
        return content.clone();
    }

    /// The header as it was signed.
    public LetterHeader header() {
        return header;
    }

    public ValidatedPath signer() {
        return signer;
    }

    /// When the signer says it signed, to the second. Nobody else vouches for it.
    public Instant signingTime() {
        return signingTime;
    }

    /// The SignedData in DER (a CMS ContentInfo), to keep: with the signer's certificate it proves the content to
    /// anyone.
    public byte[] signedData() {
        return signedData.clone();
    }

    /// Names the letter; its content stays unsaid.
    @Override
    public String toString() {
        return header.toString();
    }
}
