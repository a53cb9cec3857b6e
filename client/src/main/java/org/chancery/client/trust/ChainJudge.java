package org.chancery.client.trust;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.RecordSignature;
import org.chancery.pki.record.SignedRecord;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.DeviceStatement;

/// Verifies device chains as the relay hands them out: each entry from its octets, each signature under a
/// certificate that was the person's when it was made.
///
/// That a chain verifies does not say that it is the one that was there yesterday.
public final class ChainJudge {
    private final DeviceJudge judge;

    public ChainJudge(DeviceJudge judge) {
        this.judge = judge;
    }

    /// The chain of `address`.
    ///
    /// @param records first to last
    /// @param issuers authorities, those of the signers among them; none is believed for being here
    public ChainVerdict judge(Address address, List<EncodedRecord> records, Collection<X509Certificate> issuers) {
        Optional<DeviceChain> chain = Optional.empty();
        try {
            for (EncodedRecord encoded : records) {
                SignedRecord record = encoded.parse();
                List<ValidatedPath> signers = new ArrayList<>();
                for (RecordSignature signature : record.signatures()) {
                    switch (judge.signer(signature.signer(), issuers, address, signature.signingTime())) {
                        case SignerVerdict.Accepted(ValidatedPath path) -> signers.add(path);
                        case SignerVerdict.Undecided(String why) -> {
                            return new ChainVerdict.Undecided(why);
                        }
                        case SignerVerdict.Revoked(var since, var _) -> {
                            return new ChainVerdict.Broken("signed by a device that was revoked at " + since);
                        }
                        case SignerVerdict.Refused(var failure, String detail) -> {
                            return new ChainVerdict.Broken(
                                    "signed by nobody of " + address + ": " + detail + " (" + failure + ")");
                        }
                    }
                }
                DeviceStatement statement = DeviceStatement.of(record.verify(ContentPurpose.DEVICE_ENTRY, signers));
                chain = Optional.of(chain.isPresent() ? chain.get().apply(statement) : DeviceChain.begin(statement));
            }
        } catch (RecordException e) {
            return new ChainVerdict.Broken(e.getMessage() + " (" + e.failure() + ")");
        } catch (DeviceException e) {
            return new ChainVerdict.Broken(e.getMessage() + " (" + e.failure() + ")");
        }
        if (chain.isPresent() && !chain.get().address().equals(address)) {
            return new ChainVerdict.Broken("it is the chain of " + chain.get().address());
        }
        return chain.<ChainVerdict>map(ChainVerdict.Verified::new).orElseGet(ChainVerdict.None::new);
    }
}
