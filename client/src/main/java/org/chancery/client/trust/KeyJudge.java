package org.chancery.client.trust;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.RecordSignature;
import org.chancery.pki.record.SignedRecord;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyException;
import org.chancery.protocol.key.EnvelopeKeyStatement;

/// Verifies envelope keys as the relay hands them out: each is signed by its device, under a certificate that was the
/// person's when it was signed.
///
/// That a key verifies does not say that it is the newest: a relay can show an old one.
public final class KeyJudge {
    private final DeviceJudge judge;

    public KeyJudge(DeviceJudge judge) {
        this.judge = judge;
    }

    /// The key of a device of `address`.
    ///
    /// @param issuers authorities, those of the signer among them; none is believed for being here
    public KeyVerdict judge(
            Address address, DeviceId device, EncodedRecord encoded, Collection<X509Certificate> issuers) {
        try {
            SignedRecord record = encoded.parse();
            RecordSignature signature = record.signatures().getFirst();
            return switch (judge.signer(signature.signer(), issuers, address, signature.signingTime())) {
                case SignerVerdict.Accepted(var path) -> {
                    EnvelopeKey key = EnvelopeKeyStatement.of(record.verify(ContentPurpose.ENVELOPE_KEY, List.of(path)))
                            .key();
                    yield key.device().equals(device) && key.address().equals(address)
                            ? new KeyVerdict.Verified(key)
                            : new KeyVerdict.Broken("it is a key of " + key.address() + ", " + key.device());
                }
                case SignerVerdict.Undecided(String why) -> new KeyVerdict.Undecided(why);
                case SignerVerdict.Revoked(var since, var _) ->
                    new KeyVerdict.Broken("signed by a device that was revoked at " + since);
                case SignerVerdict.Refused(var failure, String detail) ->
                    new KeyVerdict.Broken("signed by nobody of " + address + ": " + detail + " (" + failure + ")");
            };
        } catch (RecordException e) {
            return new KeyVerdict.Broken(e.getMessage() + " (" + e.failure() + ")");
        } catch (EnvelopeKeyException e) {
            return new KeyVerdict.Broken(e.getMessage() + " (" + e.failure() + ")");
        }
    }
}
