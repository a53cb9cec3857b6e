package org.chancery.client.room;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.SignerVerdict;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.RecordSignature;
import org.chancery.pki.record.SignedRecord;
import org.chancery.protocol.frame.Clocks;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipException;

/// Verifies membership entries from their octets. The signer's path is judged as of when the relay took the entry, as a
/// letter's is, and the signer's own time must be near it.
public final class EntryJudge {
    private final DeviceJudge judge;

    public EntryJudge(DeviceJudge judge) {
        this.judge = judge;
    }

    /// Judges one entry.
    ///
    /// @param acceptedAt when the relay says it took the entry
    /// @param issuers authorities, the signer's among them; none is believed for being here
    public EntryVerdict judge(EncodedRecord encoded, Instant acceptedAt, Collection<X509Certificate> issuers) {
        try {
            SignedRecord record = encoded.parse();
            RecordSignature signature = record.signatures().getFirst();
            if (Clocks.areApart(signature.signingTime(), acceptedAt)) {
                return new EntryVerdict.Refused(
                        "signed at " + signature.signingTime() + ", and the relay says it came at " + acceptedAt);
            }
            Address signer = Address.of(signature.signer());
            return switch (judge.signer(signature.signer(), issuers, signer, acceptedAt)) {
                case SignerVerdict.Accepted(var path) ->
                    new EntryVerdict.Signed(Amendment.of(record.verify(ContentPurpose.MEMBERSHIP, List.of(path))));
                case SignerVerdict.Undecided(String why) -> new EntryVerdict.Undecided(why);
                case SignerVerdict.Revoked(Instant since, var _) ->
                    new EntryVerdict.Refused("signed by a device of " + signer + " that was revoked at " + since);
                case SignerVerdict.Refused(var failure, String detail) ->
                    new EntryVerdict.Refused(
                            "the certificate of " + signer + " did not hold: " + detail + " (" + failure + ")");
            };
        } catch (RecordException e) {
            return new EntryVerdict.Refused(e.getMessage() + " (" + e.failure() + ")");
        } catch (MembershipException e) {
            return new EntryVerdict.Refused(e.getMessage() + " (" + e.failure() + ")");
        } catch (MalformedNameException e) {
            return new EntryVerdict.Refused("signed by nobody: " + e.getMessage());
        }
    }
}
