package org.chancery.dist.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.RecordException;
import org.chancery.pki.sealing.ForgedEpoch;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.TranscriptHash;
import org.chancery.protocol.key.EnvelopeKey;
import org.chancery.protocol.key.EnvelopeKeyException;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.server.conversation.KnownDevice;

/// Somebody with genuine keys who writes letters by hand, and into them what they like: a member of a conversation, or
/// a device that an authority has made up. What they write is right in every part but for the lies that are told.
final class HostileMember {
    /// A letter as it is published.
    @SuppressWarnings("ArrayRecordComponent") // of a test, never compared
    record Written(Seal seal, Letter letter, byte[] inside, Body body, Optional<Address> with) {
        ConversationId conversation() {
            return letter.header().conversation();
        }
    }

    private final World world;
    private final Identity identity;
    private final Optional<Person> connected;
    private final SeededRandom random = new SeededRandom(7);
    private final List<Consumer<Draft>> lies = new ArrayList<>();
    private final List<ProtocolError> refusals = new ArrayList<>();
    private ChainId chain;
    private long counter;
    private byte[] previous = new byte[0];
    private int acts;

    /// Somebody whose own program does the rest: joins rooms, reads, publishes keys.
    HostileMember(World world, Person person) {
        this(world, person.identity(), Optional.of(person));
        person.link().inward(frame -> {
            if (frame instanceof Frame.Refused refused) {
                refusals.add(refused.error());
            }
            return List.of(frame);
        });
    }

    /// A device that has never connected.
    HostileMember(World world, Identity identity) {
        this(world, identity, Optional.empty());
    }

    private HostileMember(World world, Identity identity, Optional<Person> connected) {
        this.world = world;
        this.identity = identity;
        this.connected = connected;
        this.chain = ChainId.random(random);
    }

    /// How often it has done what it should not.
    int acts() {
        return acts;
    }

    /// It has done something that no method here counts.
    void acted() {
        acts++;
    }

    /// What the relay has refused.
    List<ProtocolError> refusals() {
        return refusals;
    }

    Identity identity() {
        return identity;
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

    Person person() {
        return connected.orElseThrow();
    }

    MessageReference reference(long number) {
        return new MessageReference(device(), chain, number);
    }

    /// Lies in the next letter.
    void lies(Consumer<Draft> lie) {
        lies.add(lie);
    }

    /// An honest letter, the next of this chain.
    Draft draft(Party party, Body body) throws IOException {
        Draft draft = new Draft();
        draft.conversation = party.conversation();
        draft.with = party.person();
        draft.chain = chain;
        draft.counter = counter + 1;
        draft.previous = previous.clone();
        draft.crlNumber = world.relay().crls().highestNumber().longValueExact();
        draft.sentAt = world.clock().instant();
        draft.signingTime = draft.sentAt;
        draft.body = body;
        if (party.isRoom()) {
            List<MembershipPlace> record = world.relay()
                    .log()
                    .record(party.conversation(), address(), 0)
                    .orElseThrow()
                    .entries();
            draft.membershipHead = record.getLast().record().hash().bytes();
            draft.members.addAll(world.relay().log().membersOf(party.conversation()));
        } else {
            draft.members.addAll(List.of(address(), party.person().orElseThrow()));
        }
        if (connected.isPresent()) {
            Optional<Conversation> seen =
                    connected.get().store().conversations().find(party.conversation());
            if (seen.isPresent() && seen.get().sequence() > 0) {
                draft.lastSequence = seen.get().sequence();
                draft.lastTranscript = seen.get().transcript().bytes();
            }
        }
        for (Address member : draft.members) {
            draft.recipients.addAll(keysOf(member));
        }
        return draft;
    }

    /// What the devices of an address receive with, but for this one.
    List<RecipientKey> keysOf(Address address) throws IOException {
        List<RecipientKey> keys = new ArrayList<>();
        for (KnownDevice known : world.relay().log().devicesOf(address)) {
            if (known.envelopeKey().isPresent() && !known.id().equals(device())) {
                keys.add(key(known.envelopeKey().get()));
            }
        }
        return keys;
    }

    private static RecipientKey key(EncodedRecord record) {
        try {
            EnvelopeKey key = EnvelopeKey.decode(record.parse().content());
            return RecipientKey.of(key.device(), key.number(), key.key());
        } catch (RecordException | EnvelopeKeyException e) {
            throw new IllegalStateException("the relay keeps what it has verified", e);
        }
    }

    /// Seals a letter, with the lies that are to be told in it.
    Written seal(Draft draft) throws IOException {
        lies.forEach(lie -> lie.accept(draft));
        acts += lies.size();
        lies.clear();
        List<SealMember> members = new ArrayList<>();
        for (Address member : draft.members) {
            List<EncodedRecord> devices = world.relay().log().deviceChain(member);
            members.add(
                    devices.isEmpty()
                            ? SealMember.withoutChain(member)
                            : SealMember.at(member, devices.getLast().hash()));
        }
        ForgedEpoch epoch = ForgedEpoch.draw(
                draft.conversation, device(), draft.membershipHead, members, draft.recipients, draft.committed, random);
        LetterHeader header = epoch.header(draft.chain, draft.counter);
        byte[] inside = draft.inside.apply(ForgedEpoch.sign(
                identity, draft.purpose, draft.signedHeader.apply(header), draft.octets(), draft.signingTime));
        return new Written(
                epoch.seal(), epoch.encrypt(draft.outside.apply(header), inside), inside, draft.body, draft.with);
    }

    /// Writes, and gives the letter to the relay.
    Written writes(Party party, Body body) throws IOException, InterruptedException {
        Written written = seal(draft(party, body));
        publish(written);
        return written;
    }

    /// Gives a letter to the relay, which may refuse it.
    void publish(Written written) throws IOException, InterruptedException {
        int refused = refusals.size();
        person().link().submit(new Frame.Publish(Optional.of(written.seal()), written.letter(), written.with()));
        if (refused == refusals.size()) {
            counter = written.letter().header().counter();
            previous = written.letter().hash().bytes();
        }
    }

    /// A letter as a relay would deliver it that is in league with its writer: behind what the reader has seen.
    Frame.Deliver past(Written written, Person reader) throws IOException {
        Optional<Conversation> seen = reader.store().conversations().find(written.conversation());
        long sequence = 1 + seen.map(Conversation::sequence).orElse(0L);
        Digest before = seen.map(Conversation::transcript).orElse(Digest.NONE);
        Wrap wrap = written.seal().wraps().stream()
                .filter(one -> one.device().equals(reader.identity().deviceId()))
                .findFirst()
                .orElseGet(() -> stranger(reader));
        return new Frame.Deliver(
                written.conversation(),
                sequence,
                world.clock().instant(),
                TranscriptHash.next(before, sequence, written.letter().hash()),
                EnvelopeStapler.staple(written.letter(), wrap),
                address());
    }

    private static Wrap stranger(Person reader) {
        return new Wrap(reader.identity().deviceId(), 0, new KeyTransRecipient(new byte[20], new byte[384]).der());
    }

    /// What was inside somebody's letter that this one has read: the proof that every reader keeps.
    byte[] evidence(ConversationId conversation, String text) throws IOException {
        for (StoredLine stored : person().store().history().newest(conversation, 0, 100)) {
            if (stored.line().body().orElse(null) instanceof Body.Text said
                    && said.text().equals(text)) {
                return person().store().history().evidence(stored.id()).orElseThrow();
            }
        }
        throw new IllegalStateException("nobody has said " + text);
    }

    StoredLine line(ConversationId conversation, String text) throws IOException {
        return person().store().history().newest(conversation, 0, 100).stream()
                .filter(stored -> stored.line().body().orElse(null) instanceof Body.Text said
                        && said.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /// A change of a room, signed, whether allowed or not.
    EncodedRecord entry(ConversationId room, MembershipEntry.Act act) throws IOException {
        Digest head = world.relay()
                .log()
                .record(room, address(), 0)
                .orElseThrow()
                .entries()
                .getLast()
                .record()
                .hash();
        MembershipEntry.Change change = new MembershipEntry.Change(room, head, act);
        acts++;
        return RecordSigner.sign(
                        identity,
                        ContentPurpose.MEMBERSHIP,
                        change.encode(),
                        world.clock().instant())
                .encoded();
    }
}
