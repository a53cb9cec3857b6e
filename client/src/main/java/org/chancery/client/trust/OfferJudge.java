package org.chancery.client.trust;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.DeviceStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifies what devices of one's own sign that want to join one's chain, as the relay hands it out: signed with a
/// certificate for this address that holds now, and still open to be countersigned.
public final class OfferJudge {
    private static final Logger LOG = LoggerFactory.getLogger(OfferJudge.class);

    private final DeviceJudge judge;
    private final Clock clock;

    public OfferJudge(DeviceJudge judge, Clock clock) {
        this.judge = judge;
        this.clock = clock;
    }

    /// Those that a person can be asked about; the others are noted in the log.
    ///
    /// @param issuers authorities, those of the signers among them; none is believed for being here
    public List<DeviceOffer> open(DeviceChain chain, List<EncodedRecord> offers, Collection<X509Certificate> issuers) {
        List<DeviceOffer> open = new ArrayList<>();
        for (EncodedRecord offer : offers) {
            verified(chain, offer, issuers).ifPresent(open::add);
        }
        return open;
    }

    private Optional<DeviceOffer> verified(
            DeviceChain chain, EncodedRecord encoded, Collection<X509Certificate> issuers) {
        try {
            SignedRecord record = encoded.parse();
            List<ValidatedPath> signers = new ArrayList<>();
            Instant now = clock.instant();
            for (X509Certificate signer : record.signers()) {
                switch (judge.signer(signer, issuers, chain.address(), now)) {
                    case SignerVerdict.Accepted(ValidatedPath path) -> signers.add(path);
                    case SignerVerdict.Revoked _, SignerVerdict.Refused _, SignerVerdict.Undecided _ -> {
                        LOG.info("a device asks to join the chain with a certificate that is not accepted");
                        return Optional.empty();
                    }
                }
            }
            DeviceOffer offer = DeviceOffer.of(DeviceStatement.of(record.verify(ContentPurpose.DEVICE_ENTRY, signers)));
            chain.requireOpenTo(offer);
            return Optional.of(offer);
        } catch (RecordException | DeviceException e) {
            LOG.info("what the relay hands out is no offer to join the chain: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
