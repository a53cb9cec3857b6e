package org.chancery.client.engine;

import java.util.List;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.connection.Wire;
import org.chancery.client.store.StoreException;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.PublishKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who takes each [Frame] that the relay sends.
final class FrameDispatch {
    private static final Logger LOG = LoggerFactory.getLogger(FrameDispatch.class);

    private final Desk desk;
    private final Parts parts;
    private final Wire connection;
    private final Schedule.Task openOutgoing;

    FrameDispatch(Desk desk, Parts parts, Wire connection, Schedule.Task openOutgoing) {
        this.desk = desk;
        this.parts = parts;
        this.connection = connection;
        this.openOutgoing = openOutgoing;
    }

    /// Takes letters and entries that came one behind the other.
    void delivered(List<Arrival> arrivals) throws StoreException {
        if (!parts.incoming.delivered(arrivals)) {
            connection.reset();
        }
    }

    void received(Frame frame) throws StoreException {
        switch (frame) {
            case Frame.Deliver deliver -> delivered(List.of(new Arrival.ALetter(deliver)));
            case Frame.DeliverMembership entry -> delivered(List.of(new Arrival.AnEntry(entry)));
            case Frame.Gap gap -> delivered(List.of(new Arrival.AGap(gap)));
            case Frame.Published published -> parts.outgoing.published(published);
            case Frame.DirectoryAnswer answer -> parts.directory.answered(answer);
            case Frame.Presence presence -> {
                presence.online().forEach(address -> parts.book.present(address, true));
                presence.offline().forEach(address -> parts.book.present(address, false));
                parts.overview.contactsMayHaveChanged();
            }
            case Frame.Typing _ -> {} // not shown
            case Frame.Lapsed lapsed -> parts.lapses.lapsed(lapsed);
            case Frame.HistoryAnswer answer -> parts.recovery.answered(answer);
            case Frame.DeviceAccepted accepted -> parts.ownChain.accepted(accepted);
            case Frame.DeviceOffered offered -> parts.ownChain.offered(offered);
            case Frame.DevicesChanged(Address address) -> devicesChanged(address);
            case Frame.MembershipAccepted accepted -> parts.roomActs.accepted(accepted);
            case Frame.MembershipAnswer answer -> parts.records.answered(answer);
            case Frame.EnvelopeKeyAccepted accepted -> {
                parts.ownKeys.accepted(accepted);
                parts.book.forgetListing(desk.self());
                openOutgoing.run();
            }
            case Frame.CaughtUp _ -> {
                parts.ownKeys.caughtUp();
                parts.recovery.caughtUp();
            }
            case Frame.UploadCommitted _, Frame.FilePart _, Frame.FileDeleted _ -> ofFile(frame);
            case Frame.Refused refused -> refused(refused);
            case Frame.Hello _,
                    Frame.Welcome _,
                    Frame.Publish _,
                    Frame.Acknowledge _,
                    Frame.DirectoryQuery _,
                    Frame.LapsedSeen _,
                    Frame.HistoryQuery _,
                    Frame.SubmitMembership _,
                    Frame.MembershipQuery _,
                    Frame.SubmitDevice _,
                    Frame.SubmitEnvelopeKey _,
                    Frame.OfferDevice _,
                    Frame.BeginUpload _,
                    Frame.UploadPart _,
                    Frame.FileQuery _,
                    Frame.DeleteFile _,
                    Frame.CrlsAnnounced _,
                    Frame.CrlPart _,
                    Frame.Goodbye _,
                    Frame.Ping _,
                    Frame.Pong _ ->
                LOG.warn(
                        "the relay sent {}, which is not for it to send",
                        frame.getClass().getSimpleName());
        }
    }

    private void devicesChanged(Address address) {
        parts.book.forgetListing(address);
        if (address.equals(desk.self())) {
            parts.ownChain.look();
        }
    }

    private void ofFile(Frame frame) {
        if (!parts.files.heard(frame)) {
            LOG.warn("the relay says more of files than it was asked");
            connection.reset();
        }
    }

    private void refused(Refused refused) throws StoreException {
        if (refused.publish().isPresent()) {
            refused(refused.publish().get(), refused);
        } else if (refused.queryId().isPresent()) {
            refused(refused.queryId().get(), refused);
        } else {
            desk.problems()
                    .tell(
                            ProblemKind.REFUSED_BY_RELAY,
                            "the relay refused something: " + refused.detail() + " (" + refused.error() + ")");
        }
    }

    /// Whoever has asked under this number hears of it.
    private void refused(long id, Refused refused) throws StoreException {
        if (FileTransfers.isAbout(id)) {
            ofFile(refused);
        } else if (parts.ownChain.isAbout(id)) {
            parts.ownChain.refused(refused);
        } else if (parts.recovery.isAbout(id)) {
            parts.recovery.refused(refused);
        } else if (parts.ownKeys.isAbout(id)) {
            parts.ownKeys.refused(refused);
            openOutgoing.run();
        } else if (parts.roomActs.isAbout(id)) {
            parts.roomActs.refused(refused);
        } else if (parts.records.isAbout(id)) {
            parts.records.refused(id, refused);
        } else {
            parts.directory.refused(id, refused.error());
        }
    }

    /// A seal may be outdated because the room's record has gone on: then the relay names the entries, which it also
    /// brings at their places.
    private void refused(PublishKey key, Refused refused) throws StoreException {
        boolean roomHasGoneOn = refused.error() == ProtocolError.STALE_SEAL
                && refused.changes().stream().anyMatch(entry -> !parts.rooms.has(key.conversation(), entry.hash()));
        if (roomHasGoneOn) {
            parts.outgoing.staleRoom(key);
            parts.records.catchUp(key.conversation(), () -> {});
        } else {
            parts.outgoing.refused(key, refused.error(), refused.detail(), refused.retryAfter());
        }
    }
}
