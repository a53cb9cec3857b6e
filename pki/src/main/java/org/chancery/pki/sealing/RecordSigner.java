package org.chancery.pki.sealing;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.key.SignatureScheme;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.record.RecordSignature;
import org.chancery.pki.record.SignedRecord;

/// Says something under an identity key: makes a [SignedRecord]. Beside the sealers, and like them not for
/// the relay, which verifies records and never has one to make.
public final class RecordSigner {
    private RecordSigner() {}

    /// A record with one signer.
    ///
    /// @throws IllegalArgumentException for the purpose FILE or CONTENT
    public static SignedRecord sign(Identity signer, ContentPurpose purpose, byte[] content, Instant signingTime) {
        return new SignedRecord(purpose, content, List.of(signature(signer, purpose, content, signingTime)));
    }

    /// The same record, signed by another as well. Whoever countersigns has looked at its content.
    ///
    /// @throws IllegalArgumentException if there is no room for a signer more, or this one is there already
    public static SignedRecord countersign(SignedRecord record, Identity signer, Instant signingTime) {
        return record.with(signature(signer, record.purpose(), record.content(), signingTime));
    }

    private static RecordSignature signature(
            Identity signer, ContentPurpose purpose, byte[] content, Instant signingTime) {
        X509Certificate certificate = signer.chain().leaf();
        SignatureScheme scheme = SignatureScheme.forSignedData(certificate.getPublicKey());
        byte[] signed = RecordSignature.toBeSigned(purpose, content, certificate, signingTime);
        return new RecordSignature(certificate, signingTime, signer.key().sign(scheme, signed));
    }
}
