package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.trust.ChainJudge;
import org.chancery.client.trust.ChainVerdict;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.frame.Frame.DeviceAccepted;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.Frame.SubmitDevice;
import org.chancery.protocol.frame.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The chain of one's own devices, looked at once a connection: begun by this device where there is none. A
/// device that is not on one that there is has to be brought on it by another.
final class OwnChain {
    private static final Logger LOG = LoggerFactory.getLogger(OwnChain.class);

    private final Desk desk;
    private final Outside outside;
    private final ChainJudge judge;
    private final Overview overview;
    private Optional<Long> submitted = Optional.empty();

    OwnChain(Desk desk, Outside outside, ChainJudge judge, Overview overview) {
        this.desk = desk;
        this.outside = outside;
        this.judge = judge;
        this.overview = overview;
    }

    /// Asks the relay for it, and does what is to be done.
    void look() {
        outside.directory().ask(new Query.ByAddress(desk.self()), answer -> answer.ifPresent(this::decide));
    }

    private void decide(DirectoryAnswer answer) {
        switch (judge.judge(desk.self(), answer.deviceChain(), Issuers.of(answer, desk))) {
            case ChainVerdict.None _ -> begin();
            case ChainVerdict.Verified(DeviceChain chain) -> {
                if (!chain.devices().contains(desk.device())) {
                    LOG.info("this device is not on the chain of {}, another one has to bring it there", desk.self());
                }
            }
            case ChainVerdict.Undecided(String why) -> LOG.info("the own device chain cannot be judged yet: {}", why);
            case ChainVerdict.Broken(String why) ->
                overview.problem(
                        ProblemKind.RELAY_INCONSISTENT,
                        "the relay shows a chain of your own devices that does not hold: " + why,
                        Optional.empty());
        }
    }

    private void begin() {
        SignedRecord record = RecordSigner.sign(
                desk.identity(),
                ContentPurpose.DEVICE_ENTRY,
                DeviceChain.first(desk.self(), desk.device()).encode(),
                desk.clock().instant());
        long id = outside.directory().nextId();
        submitted = Optional.of(id);
        outside.relay().accept(new SubmitDevice(id, record.encoded()));
    }

    /// The relay has it on disk.
    void accepted(DeviceAccepted accepted) {
        if (isAbout(accepted.id())) {
            LOG.info("the device chain of {} has begun, with this device", desk.self());
            submitted = Optional.empty();
        }
    }

    /// Whether an answer is about what was submitted here.
    boolean isAbout(long id) {
        return submitted.equals(Optional.of(id));
    }

    /// Another device was quicker, or the relay would not now: the next connection looks again.
    void refused(Refused refused) {
        LOG.warn(
                "the relay did not take the beginning of the device chain: {} ({})", refused.detail(), refused.error());
        submitted = Optional.empty();
    }

    /// The connection is lost.
    void forget() {
        submitted = Optional.empty();
    }
}
