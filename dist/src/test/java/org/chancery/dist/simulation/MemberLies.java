package org.chancery.dist.simulation;

import static org.chancery.dist.simulation.RelayAttacks.named;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.Standing;
import org.chancery.dist.simulation.Attack.By;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.sealing.ForgedEpoch;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Mention;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.content.SyncItem;

/// What a member can write that an honest relay takes, for it sees nothing of it.
final class MemberLies {
    private static final byte[] OTHER = new byte[32];

    static {
        Arrays.fill(OTHER, (byte) 0xab);
    }

    private MemberLies() {}

    static List<Attack> all() {
        return Stream.of(signed(), sealed(), bodies()).flatMap(List::stream).toList();
    }

    /// One lie in the first letter.
    private static Attack lie(String what, Outcome outcome, Consumer<Draft> lie) {
        return new Attack(By.MEMBER, what, Script.ROOM, stage -> stage.mallory().lies(lie), outcome);
    }

    private static List<Attack> signed() {
        return List.of(
                lie("signs another number than stands outside", named("HEADER_MISMATCH", "outside differ"), draft -> {
                    long counter = draft.counter;
                    draft.counter = 9;
                    byte[] content = draft.octets();
                    draft.counter = counter;
                    draft.content = _ -> content;
                }),
                new Attack(
                        By.MEMBER,
                        "names another letter as the one before",
                        Script.ROOM,
                        stage -> stage.after("three", then -> then.mallory().lies(draft -> draft.previous = OTHER)),
                        named("PREVIOUS_MISMATCH", "follows on another letter")),
                lie(
                        "writes for other members than there are",
                        named("MEMBERSHIP_MISMATCH", "for other members"),
                        draft -> {
                            byte[] head = draft.membershipHead;
                            draft.membershipHead = OTHER;
                            byte[] content = draft.octets();
                            draft.membershipHead = head;
                            draft.content = _ -> content;
                        }),
                lie(
                        "writes into a room as to one alone",
                        named("WRONG_CONVERSATION", "another conversation"),
                        draft -> {
                            draft.with = Optional.of(new Address("bob@lab.example"));
                            byte[] content = draft.octets();
                            draft.with = Optional.empty();
                            draft.content = _ -> content;
                        }),
                lie(
                        "says that it was written an hour ago",
                        named("TIME_MISMATCH", "more than five minutes"),
                        draft -> draft.sentAt = draft.sentAt.minus(Duration.ofHours(1))),
                lie(
                        "says that it was signed an hour ago",
                        named("TIME_MISMATCH", "more than five minutes"),
                        draft -> draft.signingTime = draft.signingTime.minus(Duration.ofHours(1))),
                lie(
                        "says that the relay showed something else",
                        named("TRANSCRIPT_MISMATCH", "mallory@lab.example"),
                        draft -> draft.lastTranscript = OTHER),
                lie(
                        "says that there are newer revocation lists",
                        new Outcome.Told(
                                stage -> stage.bob,
                                ProblemKind.REVOCATION_LIST,
                                "mallory@lab.example holds newer revocation lists"),
                        draft -> draft.crlNumber = Long.MAX_VALUE),
                lie(
                        "signs for another purpose",
                        named("WRONG_PURPOSE", "signed for something else"),
                        draft -> draft.purpose = ContentPurpose.MEMBERSHIP),
                lie(
                        "signs what is no content",
                        named("CONTENT_MALFORMED", "not in a form"),
                        draft -> draft.content = _ -> OTHER),
                lie(
                        "hides something in the padding",
                        named("CONTENT_MALFORMED", "not in a form"),
                        draft -> draft.content = octets -> {
                            octets[octets.length - 1] = 1;
                            return octets;
                        }),
                lie(
                        "writes more than a letter may say",
                        named("CONTENT_MALFORMED", "not in a form"),
                        draft -> draft.content = octets -> Arrays.copyOf(octets, 400_000)));
    }

    private static List<Attack> sealed() {
        return List.of(
                lie(
                        "commits to another key than it wraps",
                        named("COMMITMENT_MISMATCH", "not the letter's"),
                        draft -> draft.committed = false),
                lie(
                        "puts what is no signed thing into a letter",
                        named("MALFORMED", "not a letter"),
                        draft -> draft.inside = _ -> OTHER),
                lie(
                        "spoils its own signature",
                        named("SIGNATURE_INVALID", "does not hold"),
                        draft -> draft.inside = signed -> {
                            signed[signed.length - 1] ^= 1;
                            return signed;
                        }),
                lie(
                        "signs as another letter than it is",
                        named("HEADER_MISMATCH", "outside differ"),
                        draft -> draft.signedHeader = header -> new LetterHeader(
                                header.version(),
                                header.conversation(),
                                header.sender(),
                                header.sealId(),
                                header.chain(),
                                9,
                                header.commitment())),
                new Attack(
                        By.MEMBER,
                        "seals another's signed words anew",
                        Script.ROOM,
                        stage -> stage.after("one", then -> {
                            byte[] words = then.mallory().evidence(then.party().conversation(), "one");
                            then.mallory().lies(draft -> draft.inside = _ -> words);
                        }),
                        named("HEADER_MISMATCH", "outside differ")),
                new Attack(
                        By.MEMBER,
                        "sends a sealed file as a message",
                        Script.ROOM,
                        stage -> stage.mallory()
                                .lies(draft -> draft.inside = _ -> ForgedEpoch.signFile(
                                        stage.mallory().identity(), draft.octets(), draft.signingTime)),
                        named("MALFORMED", "not a letter")));
    }

    private static Body says(Stage stage, Function<MessageReference, Body> body) throws Exception {
        return body.apply(stage.mallory()
                .line(stage.party().conversation(), "one")
                .reference()
                .orElseThrow());
    }

    /// Something about what alice has said.
    private static Attack about(String what, Function<MessageReference, Body> body, Outcome outcome) {
        return new Attack(
                By.MEMBER,
                what,
                Script.ROOM,
                stage -> stage.after("one", then -> {
                    Body instead = says(then, body);
                    then.mallory().lies(draft -> draft.body = instead);
                }),
                outcome);
    }

    private static List<Attack> bodies() {
        MessageReference nothing = new MessageReference(new DeviceId("ef".repeat(32)), new ChainId("cd".repeat(16)), 5);
        return List.of(
                about(
                        "changes another's words",
                        one -> new Body.Edit(one, "none", List.of()),
                        new Outcome.Both(new Outcome.Nothing(), unchanged())),
                about(
                        "deletes another's words",
                        Body.Delete::new,
                        new Outcome.Both(new Outcome.Nothing(), unchanged())),
                lie(
                        "reacts to what does not exist",
                        new Outcome.Nothing(),
                        draft -> draft.body = new Body.Reaction(nothing, "+", false)),
                lie(
                        "answers what was never said",
                        new Outcome.Both(
                                new Outcome.Nothing(),
                                new Outcome.Seen(
                                        "an answer to what is not here",
                                        message -> message.standing()
                                                .answers()
                                                .equals(Optional.of(new Standing.Quote.Absent())))),
                        draft -> draft.body = new Body.Text("two", List.of(), Optional.of(nothing))),
                lie(
                        "names somebody who is not there",
                        new Outcome.Nothing(),
                        draft -> draft.body = new Body.Text(
                                "two", List.of(new Mention(0, 3, new Address("eve@lab.example"))), Optional.empty())),
                lie(
                        "calls the room what only its owner may",
                        new Outcome.Nothing(),
                        draft -> draft.body = new Body.Title("mallory's")),
                lie(
                        "has others block somebody",
                        new Outcome.Nothing(),
                        draft -> draft.body =
                                new Body.Sync(List.of(new SyncItem.Block(new Address("alice@lab.example"), true)))),
                lie(
                        "says that what was never said has been read",
                        new Outcome.Nothing(),
                        draft -> draft.body = new Body.ReadNote(1_000_000)));
    }

    private static Outcome unchanged() {
        return new Outcome.Seen(
                "what alice said",
                message -> message.text().equals("one")
                        && !message.standing().edited()
                        && !message.standing().deleted());
    }
}
