package org.chancery.dist.simulation;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.record.VerifiedRecord;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.device.DeviceException;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.key.EnvelopeKeyException;
import org.chancery.protocol.key.EnvelopeKeyStatement;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipException;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.conversation.DeviceVerdict;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.conversation.Publication;
import org.chancery.server.conversation.RoomRecord;
import org.chancery.server.conversation.StoredLetter;
import org.chancery.server.conversation.Verdict;
import org.chancery.server.delivery.Delivery;

/// One device at the relay: what a session does, but for bounds on rates and what is never logged.
final class SessionByHand {
    private static final int WINDOW = 64;
    private static final int MAX_FRAME = 1 << 20;

    private final RelayByHand relay;
    private final Identity identity;
    private final ValidatedPath path;
    private final Consumer<Frame> says;
    private final Delivery delivery;
    private final Set<CrlFingerprint> had = new HashSet<>();

    SessionByHand(RelayByHand relay, Identity identity, ValidatedPath path, Consumer<Frame> says) {
        this.relay = relay;
        this.identity = identity;
        this.path = path;
        this.says = says;
        this.delivery = new Delivery(relay.log(), identity.deviceId(), WINDOW);
    }

    DeviceId device() {
        return identity.deviceId();
    }

    Address address() {
        try {
            return identity.address();
        } catch (MalformedNameException e) {
            throw new IllegalStateException("people of a simulation have addresses", e);
        }
    }

    void begin(Frame.Hello hello) throws IOException {
        had.addAll(hello.crls());
        says.accept(
                new Frame.Welcome(relay.log().incarnation(), relay.clock().instant(), device(), address(), MAX_FRAME));
        handOut();
        delivery.begin();
        pump();
    }

    /// The lists in force, as far as the client does not have them.
    void handOut() {
        says.accept(new Frame.CrlsAnnounced(
                relay.crls().crls().stream().map(AnnouncedCrl::of).toList()));
        for (Crl crl : relay.crls().crls()) {
            if (had.add(crl.fingerprint())) {
                says.accept(new Frame.CrlPart(crl.fingerprint(), 0, crl.part(0, crl.length())));
            }
        }
    }

    void wake(ConversationId conversation, long sequence) throws IOException {
        if (delivery.wake(conversation, sequence)) {
            pump();
        }
    }

    private void pump() throws IOException {
        for (Delivery.Turn turn = delivery.next(); !turn.isEmpty(); turn = delivery.next()) {
            turn.notice().ifPresent(says);
            for (StoredLetter letter : turn.letters()) {
                says.accept(new Frame.Deliver(
                        letter.placed().conversation(),
                        letter.sequence(),
                        letter.acceptedAt(),
                        letter.transcript(),
                        EnvelopeStapler.staple(letter.letter(), letter.wrap().orElseThrow()),
                        letter.from()));
            }
        }
    }

    /// What a client says.
    void handle(Frame frame) throws IOException, InterruptedException {
        switch (frame) {
            case Frame.Publish publish -> publish(publish);
            case Frame.Acknowledge acknowledge -> acknowledge(acknowledge);
            case Frame.DirectoryQuery query -> says.accept(answer(query));
            case Frame.HistoryQuery query -> says.accept(delivery.history(query, MAX_FRAME));
            case Frame.SubmitMembership submitted -> membership(submitted);
            case Frame.SubmitDevice submitted -> device(submitted);
            case Frame.OfferDevice offered -> offer(offered);
            case Frame.SubmitEnvelopeKey submitted -> envelopeKey(submitted);
            case Frame.MembershipQuery query -> says.accept(answer(query));
            case Frame.Ping ping -> says.accept(new Frame.Pong(ping.nonce()));
            case Frame.Pong _, Frame.LapsedSeen _, Frame.Typing _ -> {}
            default -> throw new IllegalStateException("the simulation's clients do not say " + frame);
        }
    }

    private void publish(Frame.Publish publish) throws IOException, InterruptedException {
        LetterHeader header = publish.letter().header();
        if (!header.sender().equals(device())) {
            says.accept(Frame.Refused.letter(publish.key(), ProtocolError.NOT_AUTHORISED, "another device's letter"));
            return;
        }
        Publication publication = new Publication(address(), publish.letter(), publish.seal(), publish.directWith());
        Verdict verdict = relay.answered(answer -> relay.log().append(publication, answer));
        switch (verdict) {
            case Verdict.Appended appended -> {
                says.accept(new Frame.Published(
                        header.conversation(),
                        header.chain(),
                        header.counter(),
                        appended.sequence(),
                        appended.transcript()));
                relay.ledger()
                        .keeps(new Ledger.Taken(
                                new Ledger.Place(header.conversation(), appended.sequence()),
                                new MessageReference(device(), header.chain(), header.counter()),
                                publish.letter().hash(),
                                appended.readers(),
                                relay.ledger().restorations()));
                relay.wake(appended.readers(), header.conversation(), appended.sequence());
            }
            case Verdict.Refused refused ->
                refuse(Frame.Refused.letter(publish.key(), refused.error(), refused.detail()), refused);
        }
    }

    private void refuse(Frame.Refused refusal, Verdict.Refused verdict) throws IOException {
        Frame.Refused answer = refusal.retryAfter(verdict.retryAfter());
        if (verdict.unknown().isPresent()) {
            Verdict.Unknown unknown = verdict.unknown().get();
            Optional<RoomRecord> room = relay.log().record(unknown.room(), address(), unknown.after());
            if (room.isPresent()) {
                answer = answer.showing(room.get().entries().stream()
                        .map(place -> place.record())
                        .toList());
            }
        }
        says.accept(answer);
    }

    private void acknowledge(Frame.Acknowledge acknowledge) throws IOException, InterruptedException {
        OptionalLong upTo = delivery.acknowledged(acknowledge.conversation(), acknowledge.sequence());
        if (upTo.isPresent()) {
            relay.log().acknowledge(device(), acknowledge.conversation(), upTo.getAsLong());
            pump();
        }
    }

    private Frame answer(Frame.DirectoryQuery query) throws IOException {
        List<KnownDevice> found = switch (query.query()) {
            case Query.ByAddress(var of) -> relay.log().devicesOf(of);
            case Query.ByDevice(var of) -> relay.log().device(of).stream().toList();
            case Query.ByPrefix(String prefix, int limit) -> relay.log().devicesByPrefix(prefix, limit);
        };
        List<EncodedRecord> chain = query.query() instanceof Query.ByPrefix || found.isEmpty()
                ? List.of()
                : relay.log().deviceChain(found.getFirst().address());
        return new Frame.DirectoryAnswer(
                query.id(),
                found.stream()
                        .map(known -> new DirectoryEntry(
                                known.address(),
                                known.displayName(),
                                known.id(),
                                known.chain(),
                                known.revoked(),
                                relay.isThere(known.id()),
                                known.envelopeKey()))
                        .toList(),
                chain,
                offers(query.query()));
    }

    /// Only of one's own devices.
    private List<EncodedRecord> offers(Query query) throws IOException {
        boolean own = switch (query) {
            case Query.ByAddress(var of) -> of.equals(address());
            case Query.ByDevice(var of) ->
                relay.log()
                        .device(of)
                        .filter(known -> known.address().equals(address()))
                        .isPresent();
            case Query.ByPrefix _ -> false;
        };
        return own ? relay.log().deviceOffers(address()) : List.of();
    }

    private Frame answer(Frame.MembershipQuery query) throws IOException {
        return relay.log()
                .record(query.conversation(), address(), query.after())
                .<Frame>map(room ->
                        new Frame.MembershipAnswer(query.id(), query.conversation(), room.entries(), room.more()))
                .orElseGet(() ->
                        Frame.Refused.request(query.id(), ProtocolError.NOT_A_MEMBER, "no member, and not invited"));
    }

    private void membership(Frame.SubmitMembership submitted) throws IOException, InterruptedException {
        Amendment amendment;
        try {
            amendment = Amendment.of(verified(submitted.record(), ContentPurpose.MEMBERSHIP));
        } catch (RecordException | PathValidationException | MembershipException e) {
            says.accept(invalid(submitted.id(), e));
            return;
        }
        Verdict verdict = relay.answered(answer -> relay.log().amend(amendment, RoomBounds.DEFAULT, answer));
        switch (verdict) {
            case Verdict.Appended appended -> {
                says.accept(new Frame.MembershipAccepted(
                        submitted.id(), amendment.room(), appended.sequence(), appended.transcript()));
                relay.ledger().keeps(Ledger.Changed.of(amendment));
                relay.wake(appended.readers(), amendment.room(), appended.sequence());
            }
            case Verdict.Refused refused ->
                refuse(Frame.Refused.request(submitted.id(), refused.error(), refused.detail()), refused);
        }
    }

    private void device(Frame.SubmitDevice submitted) throws IOException, InterruptedException {
        DeviceStatement statement;
        try {
            statement = DeviceStatement.of(verified(submitted.record(), ContentPurpose.DEVICE_ENTRY));
        } catch (RecordException | PathValidationException | DeviceException e) {
            says.accept(invalid(submitted.id(), e));
            return;
        }
        DeviceVerdict verdict = relay.answered(answer -> relay.log().enter(statement, answer));
        switch (verdict) {
            case DeviceVerdict.Entered(int position, var _) -> {
                says.accept(new Frame.DeviceAccepted(submitted.id(), position));
                relay.devicesChanged(this, relay.log().contactsOf(address()));
            }
            case DeviceVerdict.Refused(ProtocolError error, String detail) ->
                says.accept(Frame.Refused.request(submitted.id(), error, detail));
        }
    }

    private void offer(Frame.OfferDevice submitted) throws IOException, InterruptedException {
        DeviceOffer offer;
        try {
            offer = DeviceOffer.of(DeviceStatement.of(verified(submitted.record(), ContentPurpose.DEVICE_ENTRY)));
        } catch (RecordException | PathValidationException | DeviceException e) {
            says.accept(invalid(submitted.id(), e));
            return;
        }
        Optional<DeviceVerdict.Refused> refused =
                relay.answered(answer -> relay.log().offer(offer, answer));
        if (refused.isPresent()) {
            says.accept(Frame.Refused.request(
                    submitted.id(), refused.get().error(), refused.get().detail()));
            return;
        }
        says.accept(new Frame.DeviceOffered(submitted.id()));
        relay.devicesChanged(this, Set.of());
    }

    /// The devices of somebody have changed.
    void devicesChanged(Address of) {
        says.accept(new Frame.DevicesChanged(of));
    }

    private void envelopeKey(Frame.SubmitEnvelopeKey submitted) throws IOException, InterruptedException {
        EnvelopeKeyStatement statement;
        try {
            statement = EnvelopeKeyStatement.of(verified(submitted.record(), ContentPurpose.ENVELOPE_KEY));
        } catch (RecordException | PathValidationException | EnvelopeKeyException e) {
            says.accept(invalid(submitted.id(), e));
            return;
        }
        Optional<DeviceVerdict.Refused> refused =
                relay.answered(answer -> relay.log().publishKey(statement, answer));
        if (refused.isPresent()) {
            says.accept(Frame.Refused.request(
                    submitted.id(), refused.get().error(), refused.get().detail()));
            return;
        }
        relay.ledger().keeps(new Ledger.Key(device(), statement.key().number()));
        says.accept(
                new Frame.EnvelopeKeyAccepted(submitted.id(), statement.key().number()));
        delivery.catchUpAgain();
        pump();
    }

    private static Frame invalid(long id, Exception e) {
        return Frame.Refused.request(id, ProtocolError.INVALID_RECORD, String.valueOf(e.getMessage()));
    }

    private VerifiedRecord verified(EncodedRecord record, ContentPurpose purpose)
            throws RecordException, PathValidationException, IOException {
        SignedRecord submitted = record.parse();
        List<ValidatedPath> paths = new ArrayList<>();
        for (X509Certificate signer : submitted.signers()) {
            paths.add(relay.person(signer, path.chain().issuers()));
        }
        return submitted.verify(purpose, paths);
    }
}
