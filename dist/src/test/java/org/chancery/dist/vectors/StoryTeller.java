package org.chancery.dist.vectors;

import static org.chancery.dist.vectors.StoryPeople.ALICE;
import static org.chancery.dist.vectors.StoryPeople.BOB;
import static org.chancery.dist.vectors.StoryPeople.CAROL;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.VectorFile;
import org.chancery.pki.testing.VectorFile.Case;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;

/// Makes the story, and what is refused behind it. Keys, nonces and signatures are drawn by chance, so this is done
/// where
/// there are no files.
final class StoryTeller {
    private final StoryPeople people = new StoryPeople();
    private final LogOfOne direct = new LogOfOne(ConversationId.direct(ALICE, BOB));
    private final LogOfOne other = new LogOfOne(ConversationId.direct(CAROL, BOB));
    private final Scribe alice = people.toBob(people.alice, ALICE);
    private final Scribe carol = people.toBob(people.carol, CAROL);
    private final List<Case> told = new ArrayList<>();
    private final List<Case> refused = new ArrayList<>();

    StoryTeller() throws Exception {}

    void tell() throws Exception {
        VectorFile story = new VectorFile("""
                A story as it is brought to Bob's device, which begins with nothing. First whom he trusts: `root`, `issuer`, the two
                revocation lists, the relay's certificate, his own with the key of it and the private key that letters are sealed
                to (PKCS #8; made for this file and nobody's), and the time at which all of it happens. Then what the directory
                answers about each address, as frames with the id 0; nobody else is known. Then frames in their order, with what
                comes of each: `shown` a message, `applied` an entry, `nothing` new, and the names of what is noted besides, in
                this order. Each is acknowledged. `transcript` is h of the place, `hash` is of what lies there. `record` is what a
                MembershipQuery shows of a room's beginning, and what was delivered of it since; others know of no room.""");
        story.add(people.certificates());
        people.directory().forEach(story::add);
        between();
        Room room = room();
        told.forEach(story::add);
        story.requireIn("story.txt");

        VectorFile no = new VectorFile("""
                What is brought to Bob's device behind the story of story.txt, in this order, refused for the most part, and
                acknowledged all the same. Names are as there.""");
        outside();
        inside();
        chains();
        room.refuse();
        last();
        refused.forEach(no::add);
        no.requireIn("refused.txt");
    }

    private void between() throws Exception {
        deliver(
                told,
                "the first letter of a conversation",
                alice.sent(alice.draft("one", direct, people.now)),
                "shown");
        Scribe.Written two = alice.sent(alice.draft("two", direct, people.now));
        byte[] second = deliver(told, "the next", two, "shown");
        told.add(step("the same once more", second, "nothing"));
        direct.place(
                alice.sent(alice.draft("three", direct, people.now)).letter().hash());
        deliver(
                told,
                "a letter before it, at the place before, was not brought",
                alice.sent(alice.draft("four", direct, people.now)),
                "MISSING shown");
        alice.beginAnew();
        deliver(told, "a chain that goes on", alice.sent(alice.draft("five", direct, people.now)), "shown");
        Scribe.Written letter = carol.sent(carol.draft("hello", other, people.now));
        other.place(letter.letter().hash());
        told.add(step(
                "signed with P-256",
                frame(other.deliver(carol.stapled(letter.letter()), CAROL, people.now)),
                "shown",
                other,
                letter.letter().hash()));
    }

    private byte[] deliver(List<Case> to, String what, Scribe.Written written, String outcome) throws Exception {
        direct.place(written.letter().hash());
        byte[] frame = frame(direct.deliver(alice.stapled(written.letter()), ALICE, people.now));
        to.add(step(what, frame, outcome, direct, written.letter().hash()));
        return frame;
    }

    private static byte[] frame(Frame frame) throws Exception {
        return StoryPeople.encoded(frame);
    }

    private static Case step(String what, byte[] frame, String outcome) {
        return new Case().with("what", what).with("frame", frame).with("outcome", outcome);
    }

    private static Case step(String what, byte[] frame, String outcome, LogOfOne log, Digest hash) {
        return step(what, frame, outcome)
                .with("hash", hash.hex())
                .with("transcript", log.transcript().hex());
    }

    /// A letter that is refused takes its place all the same.
    private void no(String what, Letter letter, byte[] envelope, Address from, String outcome) throws Exception {
        direct.place(letter.hash());
        refused.add(step(what, frame(direct.deliver(envelope, from, people.now)), outcome, direct, letter.hash()));
    }

    private void no(String what, Scribe.Written written, String outcome) throws Exception {
        no(what, written.letter(), alice.stapled(written.letter()), ALICE, outcome);
    }

    /// What can be seen before anything is opened, and by who opens.
    private void outside() throws Exception {
        Scribe.Written good = alice.write(alice.draft("never shown", direct, people.now));
        Letter letter = good.letter();
        byte[] stapled = alice.stapled(letter);
        for (byte[] broken : List.of(
                letter.der(), Arrays.copyOf(stapled, stapled.length + 1), Arrays.copyOf(stapled, stapled.length - 1))) {
            // The record cannot be followed over it: the place is the next letter's.
            refused.add(step(
                    "not a letter with one recipient, in its one form",
                    frame(new Frame.Deliver(
                            direct.conversation(),
                            direct.places() + 1,
                            people.now,
                            direct.transcript(),
                            broken,
                            ALICE)),
                    "MALFORMED"));
        }
        Scribe.Written elsewhere = carol.write(carol.draft("never shown", other, people.now));
        no(
                "the header names another conversation",
                elsewhere.letter(),
                carol.stapled(elsewhere.letter()),
                CAROL,
                "WRONG_CONVERSATION");
        no("not the address of the device", letter, stapled, CAROL, "SENDER_MISMATCH");
        no("by a device that nobody shows", people.mallory, "SENDER_UNKNOWN");
        no("by a device whose certificate has run out", people.expired, "SENDER_REFUSED");
        no("by a device that was revoked", people.lost, "SENDER_REVOKED");
        no("by a device that is not on the chain", people.phone, "SENDER_NOT_ON_CHAIN");
        Wrap own = alice.wrap();
        KeyTransRecipient recipient = KeyTransRecipient.parse(own.recipientInfoDer());
        no(
                "wrapped for a key that Bob does not have",
                letter,
                stapled(letter, new KeyTransRecipient(new byte[20], recipient.encryptedKey())),
                ALICE,
                "NOT_ADDRESSED");
        no(
                "a wrap that is no ciphertext of the key",
                letter,
                stapled(
                        letter,
                        new KeyTransRecipient(
                                recipient.subjectKeyIdentifier(), Scribe.flipped(recipient.encryptedKey()))),
                ALICE,
                "WRAP_MISMATCH");
        no(
                "the wrap of another seal",
                letter,
                EnvelopeStapler.staple(letter, people.toBob(people.alice, ALICE).wrap()),
                ALICE,
                "COMMITMENT_MISMATCH");
        Letter altered = new Letter(letter.header(), letter.nonce(), letter.ciphertext(), Scribe.flipped(letter.tag()));
        no("an altered tag", altered, alice.stapled(altered), ALICE, "DECRYPTION_FAILED");
    }

    private void no(String what, Identity device, String outcome) throws Exception {
        Scribe scribe = people.toBob(device, ALICE);
        Letter letter =
                scribe.write(scribe.draft("never shown", direct, people.now)).letter();
        no(what, letter, scribe.stapled(letter), ALICE, outcome);
    }

    private static byte[] stapled(Letter letter, KeyTransRecipient recipient) {
        return EnvelopeStapler.staple(letter, new Wrap(letter.header().sender(), 1, recipient.der()));
    }

    /// What is wrong with what was encrypted.
    private void inside() throws Exception {
        Scribe.Draft draft = alice.draft("never shown", direct, people.now);
        Scribe.Written good = alice.write(draft);
        LetterHeader header = good.letter().header();
        Letter later = Scribe.under(
                good.letter(),
                new LetterHeader(
                        header.version(),
                        header.conversation(),
                        header.sender(),
                        header.sealId(),
                        header.chain(),
                        header.counter() + 1,
                        header.commitment()));
        no("signed for a room's entries", alice.write(draft.as(ContentPurpose.MEMBERSHIP)), "WRONG_PURPOSE");
        no("another number outside than inside", later, alice.stapled(later), ALICE, "HEADER_MISMATCH");
        no(
                "a SignedData with an octet behind it",
                alice.inside(good.letter(), Arrays.copyOf(good.signedData(), good.signedData().length + 1)),
                "MALFORMED");
        no(
                "a signature with one bit changed",
                alice.inside(good.letter(), Scribe.flipped(good.signedData())),
                "SIGNATURE_INVALID");
        byte[] foreign = draft.octets().clone();
        foreign[foreign.length - 1] = 1;
        no("padding that is not zero", alice.write(draft.saying(foreign)), "CONTENT_MALFORMED");
        Scribe another = people.toBob(people.alice, ALICE);
        no(
                "another chain in the content than in the header",
                alice.write(draft.saying(
                        another.draft("never shown", direct, people.now).octets())),
                "HEADER_MISMATCH");
        no(
                "signed more than five minutes before",
                alice.write(alice.draft("never shown", direct, people.now.minus(Duration.ofSeconds(301)))),
                "TIME_MISMATCH");
        Scribe toCarol = new Scribe(
                people.alice,
                direct.conversation(),
                Optional.of(CAROL),
                Optional.empty(),
                List.of(people.member(ALICE), people.member(BOB)),
                people.recipient(),
                people.envelope.exposedPrivateKey());
        no(
                "written to Carol in the conversation with Bob",
                toCarol,
                toCarol.draft("never shown", direct, people.now),
                "WRONG_CONVERSATION");
        Scribe nowhere = people.inRoom(people.alice, direct.conversation(), Digest.NONE, ALICE, BOB);
        no(
                "of a room that nobody knows",
                nowhere,
                nowhere.draft("never shown", direct, people.now),
                "CONVERSATION_UNKNOWN");
    }

    private void no(String what, Scribe by, Scribe.Draft draft, String outcome) throws Exception {
        Letter letter = by.write(draft).letter();
        no(what, letter, by.stapled(letter), ALICE, outcome);
    }

    private void no(String what, Letter letter, String outcome) throws Exception {
        no(what, letter, alice.stapled(letter), ALICE, outcome);
    }

    /// Chains of letters, and what their senders have seen.
    private void chains() throws Exception {
        no(
                "behind another letter than the last",
                alice.write(alice.following(new byte[32], direct, people.now)),
                "PREVIOUS_MISMATCH");
        deliver(
                refused,
                "its sender says another transcript of a place that Bob has seen",
                alice.sent(alice.draft("six", 2, Digest.NONE, people.now)),
                "TRANSCRIPT_MISMATCH shown");
        deliver(
                refused,
                "its sender has seen a place that is not before its own",
                alice.sent(alice.draft("seven", direct.places() + 1, direct.transcript(), people.now)),
                "TRANSCRIPT_MISMATCH shown");
        deliver(refused, "a good letter", alice.write(alice.draft("eight", direct, people.now)), "shown");
        no("another under its number", alice.sent(alice.draft("nine", direct, people.now)), "COUNTER_REUSED");
        no("behind that other", alice.sent(alice.draft("ten", direct, people.now)), "PREVIOUS_MISMATCH");
        Scribe behind = people.toBob(people.alice, ALICE);
        behind.sent(behind.draft("ten", direct, people.now));
        behind.beginAnewBehind(new byte[32]);
        no("goes on from a chain that Bob does not know", behind, behind.draft("ten", direct, people.now), "shown");
        alice.beginAnew(3);
        deliver(
                refused,
                "goes on from a later letter than Bob has",
                alice.sent(alice.draft("eleven", direct, people.now)),
                "MISSING shown");
        alice.beginAnewBehind(new byte[32]);
        no(
                "goes on from the last letter that Bob has, with another hash",
                alice.write(alice.draft("never shown", direct, people.now)),
                "PREVIOUS_MISMATCH");
    }

    /// The relay's own record; behind this nothing follows in this conversation.
    private void last() throws Exception {
        Scribe.Written written = carol.sent(carol.draft("hello again", other, people.now));
        other.place(written.letter().hash());
        refused.add(step(
                "the relay says another transcript than follows",
                frame(new Frame.Deliver(
                        other.conversation(),
                        other.places(),
                        people.now,
                        Digest.NONE,
                        carol.stapled(written.letter()),
                        CAROL)),
                "TRANSCRIPT_MISMATCH shown"));
        Scribe.Written next = carol.write(carol.draft("and again", other, people.now));
        byte[] signed = Scribe.replaced(next.signedData(), "2a8648ce3d040302", "2a8648ce3d040303");
        Letter letter = carol.inside(next.letter(), signed);
        refused.add(step(
                "says that it is signed with SHA-384, under a key on P-256",
                frame(new Frame.Deliver(
                        other.conversation(),
                        other.places() + 2,
                        people.now,
                        Digest.NONE,
                        carol.stapled(letter),
                        CAROL)),
                "UNSUPPORTED_ALGORITHM MISSING"));
    }

    private Room room() throws Exception {
        return new Room();
    }

    /// A room that Alice makes, in which Bob joins, then Carol as an owner, who is removed again.
    private final class Room {
        private final LogOfOne log;
        private final Frame.Deliver early;
        private Digest head;
        private Digest before = Digest.NONE;

        Room() throws Exception {
            SignedRecord create = RecordSigner.sign(
                    people.alice,
                    ContentPurpose.MEMBERSHIP,
                    new MembershipEntry.Create(new byte[32]).encode(),
                    people.now);
            log = new LogOfOne(ConversationId.room(create.hash()));
            head = create.hash();
            log.place(head);
            told.add(new Case()
                    .with("what", "the room's record, as far as nobody brought it")
                    .with(
                            "record",
                            frame(new Frame.MembershipAnswer(
                                    0,
                                    log.conversation(),
                                    List.of(new MembershipPlace(1, people.now, create.encoded())),
                                    false))));
            enter("Bob is invited", people.alice, new Act.Invite(BOB, Role.MEMBER), "nothing");
            Scribe scribe = people.inRoom(people.alice, log.conversation(), head, ALICE, BOB);
            Letter letter =
                    scribe.write(scribe.draft("not for Bob", log, people.now)).letter();
            log.place(letter.hash());
            early = log.deliver(scribe.stapled(letter), ALICE, people.now);
            enter("Bob joins, as another device of his might be brought it", people.bob, new Act.Accept(), "applied");
            enter("Carol is invited as an owner", people.alice, new Act.Invite(CAROL, Role.OWNER), "applied");
            enter("Carol joins", people.carol, new Act.Accept(), "applied");
            say("a letter in the room", told, people.alice, ALICE, head, "shown");
            say("one by Carol", told, people.carol, CAROL, head, "shown");
            enter("Carol is removed", people.alice, new Act.Remove(CAROL), "applied");
            say("under the new head", told, people.alice, ALICE, head, "shown");
        }

        private void enter(String what, Identity by, Act act, String outcome) throws Exception {
            SignedRecord record = RecordSigner.sign(
                    by,
                    ContentPurpose.MEMBERSHIP,
                    new MembershipEntry.Change(log.conversation(), head, act).encode(),
                    people.now);
            before = head;
            head = record.hash();
            log.place(head);
            told.add(step(what, frame(log.deliver(record.encoded(), people.now)), outcome, log, head));
        }

        private void say(String what, List<Case> to, Identity by, Address from, Digest under, String outcome)
                throws Exception {
            Scribe scribe = people.inRoom(by, log.conversation(), under, ALICE, BOB, CAROL);
            Letter letter =
                    scribe.write(scribe.draft("in the room", log, people.now)).letter();
            log.place(letter.hash());
            to.add(step(
                    what, frame(log.deliver(scribe.stapled(letter), from, people.now)), outcome, log, letter.hash()));
        }

        void refuse() throws Exception {
            say("under the head before the last", refused, people.alice, ALICE, before, "MEMBERSHIP_MISMATCH");
            say("by somebody who was removed", refused, people.carol, CAROL, head, "NOT_A_MEMBER");
            refused.add(step("from before Bob had joined", frame(early), "BEFORE_ADMISSION"));
            Digest last = head;
            entry("Carol removes Alice, and is no member", people.carol, new Act.Remove(ALICE), last);
            entry("Bob invites, and is no owner", people.bob, new Act.Invite(CAROL, Role.MEMBER), last);
            entry("Alice removes herself", people.alice, new Act.Remove(ALICE), last);
            entry("the last owner leaves a member behind", people.alice, new Act.Leave(), last);
            entry("Bob joins, and is not invited", people.bob, new Act.Accept(), last);
            entry(
                    "signed by a device that is not on the chain",
                    people.phone,
                    new Act.Invite(CAROL, Role.MEMBER),
                    last);
            entry("another entry behind the one before the last", people.alice, new Act.Remove(CAROL), before);
        }

        private void entry(String what, Identity by, Act act, Digest predecessor) throws Exception {
            EncodedRecord record = RecordSigner.sign(
                            by,
                            ContentPurpose.MEMBERSHIP,
                            new MembershipEntry.Change(log.conversation(), predecessor, act).encode(),
                            people.now)
                    .encoded();
            log.place(record.hash());
            refused.add(step(what, frame(log.deliver(record, people.now)), "ENTRY_REFUSED", log, record.hash()));
        }
    }
}
