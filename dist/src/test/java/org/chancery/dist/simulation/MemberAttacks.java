package org.chancery.dist.simulation;

import static org.chancery.dist.simulation.RelayAttacks.named;

import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.chancery.client.store.Party;
import org.chancery.dist.simulation.Attack.By;
import org.chancery.dist.simulation.HostileMember.Written;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.testing.TestKeys;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Deliver;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// What a member does that an honest relay refuses, and what comes of it where the relay is in league.
final class MemberAttacks {
    private static final Body FORGED = new Body.Text("forged");

    private MemberAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>(refused());
        all.addAll(inLeague());
        return all;
    }

    private static Attack refused(String what, ProtocolError error, Consumer<Draft> lie) {
        return new Attack(By.MEMBER, what, Script.ROOM, stage -> stage.mallory().lies(lie), new Outcome.Refused(error));
    }

    private static List<Attack> refused() {
        return List.of(
                refused(
                        "seals to some of the members only",
                        ProtocolError.STALE_SEAL,
                        draft -> draft.recipients.removeFirst()),
                refused(
                        "seals to a device of a stranger as well",
                        ProtocolError.STALE_SEAL,
                        draft -> draft.recipients.add(stranger())),
                refused(
                        "leaves a member out of its seal",
                        ProtocolError.STALE_SEAL,
                        draft -> draft.members.removeFirst()),
                refused("leaves numbers out", ProtocolError.COUNTER_OUT_OF_ORDER, draft -> draft.counter = 7),
                new Attack(
                        By.MEMBER,
                        "uses a number twice",
                        Script.ROOM,
                        stage -> stage.after("two", then -> then.mallory().lies(draft -> draft.counter = 1)),
                        new Outcome.Refused(ProtocolError.COUNTER_OUT_OF_ORDER)),
                new Attack(
                        By.MEMBER,
                        "writes in another's name",
                        Script.ROOM,
                        stage -> stage.mallory()
                                .lies(draft -> draft.outside = header ->
                                        as(header, stage.alice.identity().deviceId())),
                        new Outcome.Refused(ProtocolError.NOT_AUTHORISED)),
                new Attack(
                        By.MEMBER,
                        "removes the owner of a room",
                        Script.ROOM,
                        stage -> stage.after(
                                "one",
                                then -> then.mallory()
                                        .person()
                                        .link()
                                        .submit(new Frame.SubmitMembership(
                                                999,
                                                then.mallory()
                                                        .entry(
                                                                then.party().conversation(),
                                                                new Act.Remove(then.alice.address()))))),
                        new Outcome.Refused(ProtocolError.NOT_ALLOWED)));
    }

    private static RecipientKey stranger() {
        return RecipientKey.of(new DeviceId("ab".repeat(32)), 1, (RSAPublicKey)
                TestKeys.envelope("stranger").publicKey());
    }

    private static LetterHeader as(LetterHeader header, DeviceId sender) {
        return new LetterHeader(
                header.version(),
                header.conversation(),
                sender,
                header.sealId(),
                header.chain(),
                header.counter(),
                header.commitment());
    }

    /// Writes something more, which the relay slips in behind what bob has seen.
    private static Attack slipped(String what, Outcome outcome, String when, Consumer<Draft> lie) {
        return new Attack(
                By.RELAY_AND_MEMBER,
                what,
                Script.ROOM,
                stage -> stage.after(when, then -> then.relay().says(then.bob, slip(then, then.party(), lie))),
                outcome);
    }

    private static Deliver slip(Stage stage, Party party, Consumer<Draft> lie) throws IOException {
        Draft draft = stage.mallory().draft(party, FORGED);
        stage.mallory().lies(lie);
        return stage.mallory().past(stage.mallory().seal(draft), stage.bob);
    }

    private static List<Attack> inLeague() {
        return List.of(
                slipped(
                        "writes two letters under one number",
                        named("COUNTER_REUSED", "used its number for another"),
                        "two",
                        draft -> draft.counter = 1),
                slipped(
                        "writes another letter under an old number",
                        named("COUNTER_REUSED", "used its number for another"),
                        "four",
                        draft -> draft.counter = 1),
                new Attack(
                        By.RELAY_AND_MEMBER,
                        "uses a number of one conversation in another",
                        Script.ROOM,
                        stage -> stage.after("two", then -> {
                            Party towards = Party.person(then.mallory().address(), then.bob.address());
                            then.relay().says(then.bob, slip(then, towards, draft -> draft.counter = 1));
                        }),
                        named("COUNTER_REUSED", "used its number for another")),
                new Attack(
                        By.RELAY_AND_MEMBER,
                        "leaves numbers out, and says nothing of it",
                        Script.ROOM,
                        stage -> stage.after("two", then -> {
                            then.said().add("forged");
                            then.relay().says(then.bob, slip(then, then.party(), draft -> draft.counter = 7));
                        }),
                        named("MISSING", "5 messages of mallory@lab.example are missing")),
                new Attack(
                        By.RELAY_AND_MEMBER,
                        "seals another's signed words as the other's letter",
                        Script.ROOM,
                        stage -> stage.after("one", then -> {
                            byte[] words = then.mallory().evidence(then.party().conversation(), "one");
                            Deliver slipped = slip(then, then.party(), draft -> {
                                draft.inside = _ -> words;
                                draft.outside = header ->
                                        as(header, then.alice.identity().deviceId());
                            });
                            then.relay().says(then.bob, from(slipped, then.alice));
                        }),
                        named("HEADER_MISMATCH", "outside differ")),
                new Attack(
                        By.RELAY_AND_MEMBER,
                        "brings what was said in a room into a conversation",
                        Script.ROOM,
                        stage -> stage.after("two", then -> {
                            Party towards = Party.person(then.mallory().address(), then.bob.address());
                            Draft elsewhere = then.mallory().draft(then.party(), FORGED);
                            byte[] content = elsewhere.octets();
                            then.relay().says(then.bob, slip(then, towards, draft -> {
                                draft.chain = new ChainId("ab".repeat(16));
                                draft.content = _ -> content;
                            }));
                        }),
                        named("HEADER_MISMATCH", "outside differ")),
                new Attack(
                        By.RELAY_AND_MEMBER,
                        "goes on writing after they were removed",
                        Script.REMOVAL,
                        stage -> {
                            List<Draft> kept = new ArrayList<>();
                            stage.after("one", then -> kept.add(then.mallory().draft(then.party(), FORGED)));
                            stage.after("two", then -> {
                                Draft draft = kept.getFirst();
                                then.mallory().lies(late -> {
                                    late.sentAt = then.world.clock().instant();
                                    late.signingTime = late.sentAt;
                                });
                                Written written = then.mallory().seal(draft);
                                then.relay().says(then.bob, then.mallory().past(written, then.bob));
                            });
                        },
                        named("MEMBERSHIP_MISMATCH", "for other members")),
                new Attack(
                        By.RELAY_AND_MEMBER,
                        "opens as another text for another reader",
                        Script.ROOM,
                        stage -> stage.after("two", then -> {
                            Written one = then.mallory().seal(then.mallory().draft(then.party(), FORGED));
                            Written other = then.mallory().seal(then.mallory().draft(then.party(), FORGED));
                            Letter letter = one.letter();
                            Written swapped = new Written(other.seal(), letter, one.inside(), one.body(), one.with());
                            then.relay().says(then.bob, then.mallory().past(swapped, then.bob));
                        }),
                        named("COMMITMENT_MISMATCH", "not the letter's")));
    }

    private static Deliver from(Deliver delivered, Person other) {
        return new Deliver(
                delivered.conversation(),
                delivered.sequence(),
                delivered.acceptedAt(),
                delivered.transcript(),
                delivered.envelopeDer(),
                other.address());
    }
}
