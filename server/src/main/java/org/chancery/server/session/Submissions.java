package org.chancery.server.session;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.record.VerifiedRecord;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.key.EnvelopeKeyException;
import org.chancery.protocol.key.EnvelopeKeyStatement;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipException;
import org.chancery.server.allowance.Allowance;
import org.chancery.server.conversation.DeviceVerdict;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.conversation.RoomRecord;
import org.chancery.server.conversation.Verdict;

/// Signed records that a client submits, for rooms, for its device chain, and of its envelope keys. Here each
/// is verified and held against who the session is; whether it may be is the log's to say. On the session's
/// reading thread; answers come from the log's.
final class Submissions {

    /// One certificate, one signature and a content of some lines: eight of them leave room in an answer.
    private static final int LONGEST_OFFER = 8 << 10;

    private final Session session;
    private final RelayContext relay;
    private final Allowance allowance;
    private final DeviceNews news;

    Submissions(Session session, RelayContext relay, Allowance allowance) {
        this.session = session;
        this.relay = relay;
        this.allowance = allowance;
        this.news = new DeviceNews(session, relay.log(), relay.registry());
    }

    void membership(Frame.SubmitMembership submitted) throws IOException, InterruptedException {
        Amendment amendment;
        try {
            SignedRecord record = submitted.record().parse();
            if (!isSignedHere(record)) {
                refuse(submitted.id(), ProtocolError.NOT_AUTHORISED, "signed by another device");
                return;
            }
            amendment = Amendment.of(verified(record, ContentPurpose.MEMBERSHIP));
        } catch (RecordException | PathValidationException | MembershipException e) {
            refuse(submitted.id(), ProtocolError.INVALID_RECORD, String.valueOf(e.getMessage()));
            return;
        }
        if (!amendment.actor().equals(session.peer().address())) {
            refuse(submitted.id(), ProtocolError.NOT_AUTHORISED, "signed with a certificate for another address");
            return;
        }
        relay.log().amend(amendment, relay.rooms(), verdict -> {
            switch (verdict) {
                case Verdict.Appended appended -> {
                    session.say(new Frame.MembershipAccepted(
                            submitted.id(), amendment.room(), appended.sequence(), appended.transcript()));
                    relay.registry().wake(appended.readers(), amendment.room(), appended.sequence());
                }
                case Verdict.Refused refused ->
                    refuse(Frame.Refused.request(submitted.id(), refused.error(), refused.detail()), refused);
            }
        });
    }

    void device(Frame.SubmitDevice submitted) throws IOException, InterruptedException {
        Optional<DeviceStatement> said = statement(submitted.id(), submitted.record());
        if (said.isEmpty()) {
            return;
        }
        relay.log().enter(said.get(), verdict -> {
            switch (verdict) {
                case DeviceVerdict.Entered(int position, Optional<DeviceId> gone) -> {
                    session.say(new Frame.DeviceAccepted(submitted.id(), position));
                    news.entered();
                    gone.flatMap(relay.registry()::session)
                            .ifPresent(ended -> ended.end(SessionEnd.UNTRUSTED, "its owner has ended this device"));
                }
                case DeviceVerdict.Refused(ProtocolError error, String detail) -> refuse(submitted.id(), error, detail);
            }
        });
    }

    /// A key that this device receives with from now on.
    void envelopeKey(Frame.SubmitEnvelopeKey submitted) throws IOException, InterruptedException {
        EnvelopeKeyStatement statement;
        try {
            SignedRecord record = submitted.record().parse();
            if (!isSignedHere(record)) {
                refuse(submitted.id(), ProtocolError.NOT_AUTHORISED, "signed by another device");
                return;
            }
            statement = EnvelopeKeyStatement.of(verified(record, ContentPurpose.ENVELOPE_KEY));
            statement.inspect();
        } catch (RecordException | PathValidationException | EnvelopeKeyException e) {
            refuse(submitted.id(), ProtocolError.INVALID_RECORD, String.valueOf(e.getMessage()));
            return;
        }
        relay.log().publishKey(statement, refused -> {
            if (refused.isPresent()) {
                refuse(submitted.id(), refused.get().error(), refused.get().detail());
            } else {
                accepted(new Frame.EnvelopeKeyAccepted(
                        submitted.id(), statement.key().number()));
            }
        });
    }

    /// Behind this answer, and behind every letter that is sealed to an earlier key, comes that the device has caught
    /// up: then it can destroy them. (An answer is made when it is written, so nothing comes between.)
    private void accepted(Frame.EnvelopeKeyAccepted answer) {
        session.say(() -> {
            session.catchUpAgain();
            return answer;
        });
    }

    /// A device that asks to join its owner's chain.
    void offer(Frame.OfferDevice submitted) throws IOException, InterruptedException {
        if (submitted.record().length() > LONGEST_OFFER) {
            refuse(submitted.id(), ProtocolError.INVALID_RECORD, "offer longer than " + LONGEST_OFFER + " octets");
            return;
        }
        Optional<DeviceStatement> said = statement(submitted.id(), submitted.record());
        if (said.isEmpty()) {
            return;
        }
        DeviceOffer offer;
        try {
            offer = DeviceOffer.of(said.get());
        } catch (DeviceException e) {
            refuse(submitted.id(), ProtocolError.INVALID_RECORD, String.valueOf(e.getMessage()));
            return;
        }
        relay.log().offer(offer, refused -> {
            if (refused.isPresent()) {
                refuse(submitted.id(), refused.get().error(), refused.get().detail());
            } else {
                session.say(new Frame.DeviceOffered(submitted.id()));
                news.offered();
            }
        });
    }

    /// What a record says of the devices of this session's owner, signed by its device among others; empty where it was
    /// refused.
    private Optional<DeviceStatement> statement(long id, EncodedRecord encoded) throws IOException {
        DeviceStatement statement;
        try {
            SignedRecord record = encoded.parse();
            if (!isSignedHere(record)) {
                refuse(id, ProtocolError.NOT_AUTHORISED, "not signed by this device");
                return Optional.empty();
            }
            statement = DeviceStatement.of(verified(record, ContentPurpose.DEVICE_ENTRY));
        } catch (RecordException | PathValidationException | DeviceException e) {
            refuse(id, ProtocolError.INVALID_RECORD, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        if (!statement.entry().address().equals(session.peer().address())) {
            refuse(id, ProtocolError.NOT_AUTHORISED, "about another address");
            return Optional.empty();
        }
        return Optional.of(statement);
    }

    /// The room's record, said when the client is ready to read it.
    void answer(Frame.MembershipQuery query) {
        session.say(() -> {
            Optional<RoomRecord> found =
                    relay.log().record(query.conversation(), session.peer().address(), query.after());
            return found.<Frame>map(room ->
                            new Frame.MembershipAnswer(query.id(), query.conversation(), room.entries(), room.more()))
                    .orElseGet(() -> Frame.Refused.request(
                            query.id(), ProtocolError.NOT_A_MEMBER, "no member, and not invited"));
        });
    }

    /// Says no, as the log said it. What the client did not know of the room is read when the client is ready for it,
    /// and costs it a query.
    void refuse(Frame.Refused refusal, Verdict.Refused verdict) {
        Optional<Duration> wait = verdict.unknown().flatMap(_ -> allowance.query(1));
        if (wait.isPresent()) {
            session.refuse(new Frame.Refused(
                    ProtocolError.TOO_MANY,
                    refusal.publish(),
                    refusal.queryId(),
                    "too many requests",
                    wait,
                    List.of()));
            return;
        }
        Frame.Refused answer = refusal.retryAfter(verdict.retryAfter());
        if (verdict.unknown().isEmpty()) {
            session.refuse(answer);
            return;
        }
        Verdict.Unknown unknown = verdict.unknown().get();
        session.refuse(
                answer,
                () -> relay.log()
                        .record(unknown.room(), session.peer().address(), unknown.after())
                        .map(room -> answer.showing(records(room)))
                        .orElse(answer));
    }

    private static List<EncodedRecord> records(RoomRecord room) {
        return room.entries().stream().map(MembershipPlace::record).toList();
    }

    /// Whether this client's key is among those that are said to have signed. Looked at first: to verify what somebody
    /// else has signed is work for nothing, and anybody can send such records.
    private boolean isSignedHere(SignedRecord record) {
        return record.signers().stream()
                .map(signer -> DeviceId.of(signer.getPublicKey()))
                .anyMatch(session.peer().device()::equals);
    }

    /// Every signer judged as if it came in now.
    private VerifiedRecord verified(SignedRecord submitted, ContentPurpose purpose)
            throws RecordException, PathValidationException, IOException {
        List<ValidatedPath> paths = new ArrayList<>();
        for (X509Certificate signer : submitted.signers()) {
            paths.add(relay.judge().person(presented(signer)));
        }
        return submitted.verify(purpose, paths);
    }

    /// A record has no issuers with it: this client's may be the signer's as well, or those the signer once
    /// came with.
    private List<X509Certificate> presented(X509Certificate signer) throws IOException {
        List<X509Certificate> presented = new ArrayList<>(List.of(signer));
        presented.addAll(session.peer().path().chain().issuers());
        DeviceId device = DeviceId.of(signer.getPublicKey());
        if (!device.equals(session.peer().device())) {
            Optional<KnownDevice> known = relay.log().device(device);
            known.ifPresent(it -> presented.addAll(it.chain().issuers()));
        }
        return presented;
    }

    private void refuse(long id, ProtocolError error, String detail) {
        session.refuse(Frame.Refused.request(id, error, Session.told(detail)));
    }
}
