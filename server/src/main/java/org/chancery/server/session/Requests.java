package org.chancery.server.session;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.frame.Query;
import org.chancery.server.allowance.Allowance;
import org.chancery.server.conversation.Publication;
import org.chancery.server.conversation.Verdict;
import org.chancery.server.delivery.Delivery;

/// What a greeted client may ask, and the answers. On the session's reading thread; answers to letters come from
/// the log's.
final class Requests {

    /// A delivered letter has a RecipientInfo more than a published one (RSA 4096: 650 octets), and other fields
    /// around it.
    private static final int DELIVERY_OVERHEAD = 2048;

    /// Of a list of people: each is read, with all its certificates.
    private static final int ENTRIES_A_QUERY = 10;

    private final Session session;
    private final RelayContext relay;
    private final Delivery delivery;
    private final Presence presence;
    private final LapseNews lapses;
    private final Allowance allowance;
    private final Directory directory;
    private final Typing typing;
    private final Submissions submissions;
    private final FileRequests files;

    Requests(
            Session session,
            RelayContext relay,
            Delivery delivery,
            Presence presence,
            LapseNews lapses,
            Allowance allowance,
            FileHandout handout) {
        this.session = session;
        this.relay = relay;
        this.delivery = delivery;
        this.presence = presence;
        this.lapses = lapses;
        this.allowance = allowance;
        this.directory = new Directory(relay.log(), relay.registry(), relay.grounds());
        this.typing = new Typing(relay.log(), relay.registry());
        this.submissions = new Submissions(session, relay, allowance);
        this.files = new FileRequests(session, relay, allowance, handout);
    }

    /// @throws ProtocolException if it is nothing a client says, or not now
    void handle(Frame frame) throws IOException, ProtocolException, InterruptedException {
        switch (frame) {
            case Frame.Publish publish -> publish(publish);
            case Frame.Acknowledge acknowledge -> acknowledge(acknowledge);
            case Frame.DirectoryQuery query -> answer(query);
            case Frame.HistoryQuery query -> answer(query);
            case Frame.LapsedSeen seen -> lapses.seen(seen);
            case Frame.Typing somebody -> typing.passOn(somebody, session.peer().address());
            case Frame.SubmitMembership submitted -> {
                if (granted(submitted.id(), allowance.letter())) {
                    submissions.membership(submitted);
                }
            }
            case Frame.SubmitDevice submitted -> {
                if (granted(submitted.id(), allowance.letter())) {
                    submissions.device(submitted);
                }
            }
            case Frame.SubmitEnvelopeKey submitted -> {
                if (granted(submitted.id(), allowance.envelopeKey())) {
                    submissions.envelopeKey(submitted);
                }
            }
            case Frame.OfferDevice offered -> {
                if (granted(offered.id(), allowance.letter())) {
                    submissions.offer(offered);
                }
            }
            case Frame.MembershipQuery query -> {
                if (granted(query.id(), allowance.query(1))) {
                    submissions.answer(query);
                }
            }
            case Frame.BeginUpload begin -> files.begin(begin);
            case Frame.UploadPart part -> files.part(part);
            case Frame.FileQuery query -> files.query(query);
            case Frame.DeleteFile delete -> files.delete(delete);
            case Frame.Ping ping -> session.say(new Frame.Pong(ping.nonce()));
            case Frame.Pong _ -> {} // it was heard, that is all
            case Frame.Hello _ -> throw unexpected("a second Hello");
            case Frame.Welcome _,
                    Frame.Published _,
                    Frame.Deliver _,
                    Frame.Gap _,
                    Frame.Lapsed _,
                    Frame.HistoryAnswer _,
                    Frame.CaughtUp _,
                    Frame.DirectoryAnswer _,
                    Frame.Presence _,
                    Frame.CrlsAnnounced _,
                    Frame.CrlPart _,
                    Frame.MembershipAccepted _,
                    Frame.DeliverMembership _,
                    Frame.MembershipAnswer _,
                    Frame.DeviceAccepted _,
                    Frame.EnvelopeKeyAccepted _,
                    Frame.DeviceOffered _,
                    Frame.DevicesChanged _,
                    Frame.UploadCommitted _,
                    Frame.FilePart _,
                    Frame.FileDeleted _,
                    Frame.Refused _,
                    Frame.Goodbye _ -> throw unexpected("a frame that only the relay sends");
        }
    }

    private static ProtocolException unexpected(String what) {
        return new ProtocolException(ProtocolError.MALFORMED_FRAME, what);
    }

    private void answer(Frame.DirectoryQuery query) {
        int cost = query.query() instanceof Query.ByPrefix list ? Math.ceilDiv(list.limit(), ENTRIES_A_QUERY) : 1;
        answer(query.id(), cost, () -> directory.answer(query, session.peer().address()));
    }

    /// Letters that the device has had before, as often as it asks: who was not wrapped for gets none.
    private void answer(Frame.HistoryQuery query) {
        answer(query.id(), 1, () -> delivery.history(query, FrameLimits.HIGHEST - DELIVERY_OVERHEAD));
    }

    private void answer(long id, int cost, Outbox.Reply reply) {
        if (granted(id, allowance.query(cost))) {
            session.say(reply);
        }
    }

    /// Says no where there is a time to wait.
    private boolean granted(long id, Optional<Duration> wait) {
        if (wait.isPresent()) {
            session.refuse(Frame.Refused.request(id, ProtocolError.TOO_MANY, "too many requests")
                    .retryAfter(wait));
        }
        return wait.isEmpty();
    }

    private void publish(Frame.Publish publish) throws InterruptedException {
        Optional<Duration> wait = allowance.letter();
        if (wait.isPresent()) {
            session.refuse(Frame.Refused.letter(publish.key(), ProtocolError.TOO_MANY, "too many letters")
                    .retryAfter(wait));
            return;
        }
        LetterHeader header = publish.letter().header();
        if (!header.sender().equals(session.peer().device())) {
            refuse(publish, ProtocolError.NOT_AUTHORISED, "the letter names another device as its sender");
            return;
        }
        if (publish.letter().derLength() > FrameLimits.HIGHEST - DELIVERY_OVERHEAD) {
            refuse(publish, ProtocolError.FRAME_TOO_LARGE, "the letter leaves no room for its reader's wrap");
            return;
        }
        Publication publication =
                new Publication(session.peer().address(), publish.letter(), publish.seal(), publish.directWith());
        relay.log().append(publication, verdict -> answer(publish, verdict));
    }

    private void answer(Frame.Publish publish, Verdict verdict) {
        switch (verdict) {
            case Verdict.Appended appended -> {
                LetterHeader header = publish.letter().header();
                relay.metrics().letterAppended();
                session.say(new Frame.Published(
                        header.conversation(),
                        header.chain(),
                        header.counter(),
                        appended.sequence(),
                        appended.transcript()));
                relay.registry().wake(appended.readers(), header.conversation(), appended.sequence());
                presence.introduce(appended.opened());
            }
            case Verdict.Refused refused ->
                submissions.refuse(Frame.Refused.letter(publish.key(), refused.error(), refused.detail()), refused);
        }
    }

    private void refuse(Frame.Publish publish, ProtocolError error, String detail) {
        session.refuse(Frame.Refused.letter(publish.key(), error, detail));
    }

    /// Of what was delivered on this connection: everything else is no news, and no work for the log.
    private void acknowledge(Frame.Acknowledge acknowledge) throws InterruptedException {
        OptionalLong upTo = delivery.acknowledged(acknowledge.conversation(), acknowledge.sequence());
        if (upTo.isPresent()) {
            relay.log().acknowledge(session.peer().device(), acknowledge.conversation(), upTo.getAsLong());
            session.deliver();
        }
    }
}
