package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.client.keys.DeviceKey;
import org.chancery.client.keys.DeviceKeys;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.KeyJudge;
import org.chancery.client.trust.KeyVerdict;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Frame.EnvelopeKeyAccepted;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.Frame.SubmitEnvelopeKey;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.key.EnvelopeKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of the keys that this device receives with.
///
/// The first is made before the first connection, and a new one every seven days while there is a connection. When the
/// relay has taken a new one, nothing sealed to the one before is appended any longer, and when it has delivered what
/// was appended earlier it says so: behind its answer to the new key, and on every connection. So a key is destroyed
/// when that has been said and nothing waits here; and sixty days after its start whatever waits, for the relay keeps
/// letters for thirty days, and senders take a key for thirty.
final class OwnKeys {
    private static final Logger LOG = LoggerFactory.getLogger(OwnKeys.class);

    /// Since when seconds are counted, until 2071: with room above.
    private static final Instant COUNTED_SINCE = Instant.parse("2020-01-01T00:00:00Z");

    private static final int MOST_SECONDS = Integer.MAX_VALUE / 4 * 3;

    private final Desk desk;
    private final Outside outside;
    private final DeviceKeys keys;
    private final KeyMaking making;
    private final Sealing sealing;
    private final KeyJudge judge;
    private boolean underWay; // a pair is being made
    private boolean looked; // at what the relay has, on this connection
    private boolean settled; // whether this device receives, as far as is to be known now
    private boolean lookedAgain;
    private int highestAtRelay;
    private List<Integer> ripe = List.of(); // nothing sealed to these is at the relay any longer
    private Optional<Long> submitted = Optional.empty();
    private int submittedNumber;

    OwnKeys(Desk desk, Outside outside, DeviceKeys keys, KeyMaking making, Sealing sealing, KeyJudge judge) {
        this.desk = desk;
        this.outside = outside;
        this.keys = keys;
        this.making = making;
        this.sealing = sealing;
        this.judge = judge;
    }

    /// Before the first connection.
    ///
    /// @return whether there is a key to receive with; if not, one is being made
    boolean ready() throws StoreException {
        destroy(keys.overdue(now()));
        if (keys.newest().isEmpty()) {
            make();
        }
        return keys.newest().isPresent();
    }

    /// The relay's log is another one, which may show an older key: nothing is written until it shows the newest.
    void begunAnotherLog() throws StoreException {
        settled = false;
        keys.doubtAccepted();
    }

    /// Asks the relay which key it has of this device, and does what is to be done.
    ///
    /// @param then when that is known
    void look(Schedule.Task then) {
        outside.directory().ask(new Query.ByAddress(desk.self()), answer -> {
            if (answer.isPresent()) {
                decide(answer.get());
            } else {
                settled = true;
            }
            then.run();
        });
    }

    private void decide(DirectoryAnswer answer) throws StoreException {
        Optional<EnvelopeKey> atRelay = atRelay(answer);
        looked = true;
        highestAtRelay = atRelay.map(EnvelopeKey::number).orElse(0);
        Optional<DeviceKey> newest = keys.newest();
        if (newest.isEmpty() || highestAtRelay > newest.get().number() || isAnother(newest.get(), atRelay)) {
            make(); // it has one that is not here: this store was restored, or its key destroyed
        } else if (highestAtRelay == newest.get().number()) {
            keys.accepted(highestAtRelay);
            settled = true;
            renew();
        } else if (isOld(newest.get())) {
            make();
        } else {
            publish(newest.get());
        }
    }

    private static boolean isAnother(DeviceKey newest, Optional<EnvelopeKey> atRelay) {
        return atRelay.isPresent()
                && atRelay.get().number() == newest.number()
                && !atRelay.get().key().equals(newest.publicKey());
    }

    private Optional<EnvelopeKey> atRelay(DirectoryAnswer answer) {
        Collection<X509Certificate> issuers = Issuers.of(answer, desk);
        return answer.entries().stream()
                .filter(entry -> entry.device().equals(desk.device()))
                .flatMap(entry -> entry.envelopeKey().stream())
                .findFirst()
                .flatMap(record -> switch (judge.judge(desk.self(), desk.device(), record, issuers)) {
                    case KeyVerdict.Verified(EnvelopeKey key) -> Optional.of(key);
                    case KeyVerdict.Undecided(String why) -> {
                        LOG.info("the own key that the relay has cannot be judged yet: {}", why);
                        yield Optional.empty();
                    }
                    case KeyVerdict.Broken(String why) -> {
                        LOG.warn("the relay shows a key of this device that it never signed: {}", why);
                        yield Optional.empty();
                    }
                });
    }

    /// Time has passed.
    void keepHouse() throws StoreException {
        destroy(keys.overdue(now()));
        if (looked) {
            renew();
        }
    }

    private void renew() throws StoreException {
        if (keys.newest().isEmpty() || isOld(keys.newest().get())) {
            make();
        }
    }

    private boolean isOld(DeviceKey key) {
        return !now().isBefore(key.start().plus(EnvelopeKey.RENEWED_AFTER));
    }

    private void make() throws StoreException {
        if (!underWay) {
            underWay = true;
            boolean lost = keys.newest().isEmpty() && desk.store().settings().isRestored();
            making.begin(lost ? Math.max(least(), seconds()) : least());
        }
    }

    private int least() {
        return Math.max(keys.highest(), highestAtRelay) + 1;
    }

    /// A restored store does not know which numbers it has used since, and the relay may have lost them, too; others
    /// remember, and take no lower one, nor another key with the same. There are fewer keys than seconds.
    private int seconds() {
        long seconds = Duration.between(COUNTED_SINCE, now()).toSeconds();
        return Math.clamp(seconds, 1, MOST_SECONDS);
    }

    /// A pair is there.
    void made(int number, SigningKey pair) throws StoreException {
        underWay = false;
        if (number < least()) {
            make(); // the relay turned out to have a later one
            return;
        }
        DeviceKey key = keys.keep(number, pair, now());
        LOG.info("{} has been made", key);
        if (looked) {
            publish(key);
        }
    }

    private void publish(DeviceKey key) {
        Instant now = now();
        EnvelopeKey said = new EnvelopeKey(
                desk.self(),
                desk.device(),
                key.number(),
                key.publicKey(),
                key.start().isBefore(now) ? key.start() : now); // a clock may have been set back
        SignedRecord record = RecordSigner.sign(desk.identity(), ContentPurpose.ENVELOPE_KEY, said.encode(), now);
        long id = outside.directory().nextId();
        submitted = Optional.of(id);
        submittedNumber = key.number();
        outside.relay().accept(new SubmitEnvelopeKey(id, record.encoded()));
    }

    /// The relay has it on disk.
    void accepted(EnvelopeKeyAccepted accepted) throws StoreException {
        if (isAbout(accepted.id()) && accepted.number() == submittedNumber) {
            submitted = Optional.empty();
            highestAtRelay = accepted.number();
            keys.accepted(accepted.number());
            settled = true;
            LOG.info("envelope key {} is published", accepted.number());
        }
    }

    /// Whether the first key is published, or will not be for now: until then nothing is written, for it could not be
    /// read on this device.
    boolean isSettled() {
        return settled
                || keys.newest().map(key -> keys.isAccepted(key.number())).orElse(false);
    }

    /// Whether an answer is about what was submitted here.
    boolean isAbout(long id) {
        return submitted.equals(Optional.of(id));
    }

    /// The relay did not take it: it has a later one after all, or would not now.
    void refused(Refused refused) {
        submitted = Optional.empty();
        settled = true;
        LOG.warn("the relay did not take an envelope key: {} ({})", refused.detail(), refused.error());
        if (refused.error() == ProtocolError.STALE && !lookedAgain) {
            lookedAgain = true;
            look(() -> {});
        }
    }

    /// The relay has delivered all that it had taken before this moment. Nothing more comes under keys that have been
    /// superseded by now: they may go.
    void caughtUp() {
        ripe = keys.superseded();
    }

    /// A moment at which nothing that was delivered waits here.
    void atRest() throws StoreException {
        if (!ripe.isEmpty()) {
            List<Integer> done = ripe;
            ripe = List.of();
            destroy(done);
        }
    }

    private void destroy(List<Integer> numbers) throws StoreException {
        for (int number : numbers) {
            keys.destroy(number).ifPresent(sealing::forget);
            LOG.info("envelope key {} is destroyed", number);
        }
    }

    /// The connection is lost.
    void forget() {
        looked = false;
        lookedAgain = false;
        ripe = List.of();
        submitted = Optional.empty();
    }

    private Instant now() {
        return desk.clock().instant();
    }
}
