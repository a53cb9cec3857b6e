package org.chancery.server.session;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.record.VerifiedRecord;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipException;
import org.chancery.server.conversation.DeviceVerdict;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.conversation.RoomRecord;
import org.chancery.server.conversation.Verdict;

/// Signed records that a client submits, for rooms and for its device chain. Here each is verified and held
/// against who the session is; whether it may be is the log's to say. On the session's reading thread; answers
/// come from the log's.
final class Submissions {

    /// What a frame has besides records, with much to spare: identifiers, a transcript, a sentence.
    private static final int AROUND_RECORDS = 4096;

    /// What a record has around it in a list: place, time, tags and lengths.
    private static final int AROUND_A_RECORD = 32;

    private final Session session;
    private final RelayContext relay;

    Submissions(Session session, RelayContext relay) {
        this.session = session;
        this.relay = relay;
    }

    void membership(Frame.SubmitMembership submitted) throws IOException, InterruptedException {
        if (submitted.record().length > roomForRecords()) {
            refuse(submitted.id(), ProtocolError.FRAME_TOO_LARGE, "the record leaves no room for its delivery");
            return;
        }
        Amendment amendment;
        try {
            SignedRecord record = SignedRecord.parse(submitted.record());
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
                    session.say(new Frame.Refused(
                            refused.error(),
                            Optional.empty(),
                            Optional.of(submitted.id()),
                            refused.detail(),
                            refused.retryAfter(),
                            fitting(refused.changes())));
            }
        });
    }

    void device(Frame.SubmitDevice submitted) throws IOException, InterruptedException {
        DeviceStatement statement;
        try {
            SignedRecord record = SignedRecord.parse(submitted.record());
            if (!isSignedHere(record)) {
                refuse(submitted.id(), ProtocolError.NOT_AUTHORISED, "not signed by this device");
                return;
            }
            statement = DeviceStatement.of(verified(record, ContentPurpose.DEVICE_ENTRY));
        } catch (RecordException | PathValidationException | DeviceException e) {
            refuse(submitted.id(), ProtocolError.INVALID_RECORD, String.valueOf(e.getMessage()));
            return;
        }
        if (!statement.entry().address().equals(session.peer().address())) {
            refuse(submitted.id(), ProtocolError.NOT_AUTHORISED, "about another address");
            return;
        }
        relay.log().enter(statement, verdict -> {
            switch (verdict) {
                case DeviceVerdict.Entered(int position, Optional<DeviceId> gone) -> {
                    session.say(new Frame.DeviceAccepted(submitted.id(), position));
                    gone.flatMap(relay.registry()::session)
                            .ifPresent(ended -> ended.end(SessionEnd.UNTRUSTED, "its owner has ended this device"));
                }
                case DeviceVerdict.Refused(ProtocolError error, String detail) -> refuse(submitted.id(), error, detail);
            }
        });
    }

    /// The room's record, said when the client is ready to read it.
    void answer(Frame.MembershipQuery query) {
        session.say(() -> {
            Optional<RoomRecord> found =
                    relay.log().record(query.conversation(), session.peer().address(), query.after());
            return found.map(room -> answer(query, room))
                    .orElseGet(() -> new Frame.Refused(
                            ProtocolError.NOT_A_MEMBER,
                            Optional.empty(),
                            Optional.of(query.id()),
                            "no member, and not invited"));
        });
    }

    /// As many of the entries as a frame holds.
    private Frame answer(Frame.MembershipQuery query, RoomRecord room) {
        int fit = fitting(room.entries().stream().map(MembershipPlace::record).toList())
                .size();
        return new Frame.MembershipAnswer(
                query.id(),
                query.conversation(),
                room.entries().subList(0, fit),
                room.more() || fit < room.entries().size());
    }

    /// The first of these, as many as a frame holds: at least one, for none was taken that is longer.
    List<byte[]> fitting(List<byte[]> records) {
        int octets = 0;
        int fit = 0;
        while (fit < records.size() && octets + records.get(fit).length <= roomForRecords()) {
            octets += records.get(fit).length + AROUND_A_RECORD;
            fit++;
        }
        return records.subList(0, fit);
    }

    private int roomForRecords() {
        return relay.bounds().maxFrameBytes() - AROUND_RECORDS;
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
        session.say(new Frame.Refused(error, Optional.empty(), Optional.of(id), Session.told(detail)));
    }
}
