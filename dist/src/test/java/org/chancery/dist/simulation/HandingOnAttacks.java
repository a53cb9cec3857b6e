package org.chancery.dist.simulation;

import static org.chancery.dist.simulation.RelayAttacks.named;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.chancery.client.chat.Command;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.dist.simulation.Attack.By;
import org.chancery.dist.simulation.HostileMember.Written;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.content.Body;

/// What a member can hand on as somebody's letter.
final class HandingOnAttacks {
    private HandingOnAttacks() {}

    static List<Attack> all() {
        return List.of(
                instead(
                        "hands on altered words",
                        named("RESEND_FORGED", "not what its sender signed"),
                        resend -> new Body.Resend(
                                spoiled(resend.signedDataDer()), resend.acceptedAt(), resend.sequence())),
                instead(
                        "hands on words as of another time",
                        named("TIME_MISMATCH", "more than five minutes"),
                        resend -> new Body.Resend(
                                resend.signedDataDer(),
                                resend.acceptedAt().plus(Duration.ofMinutes(20)),
                                resend.sequence())),
                instead(
                        "hands on words as of before there was a certificate",
                        named("SENDER_REFUSED", "certificate was not valid"),
                        resend -> new Body.Resend(
                                resend.signedDataDer(),
                                resend.acceptedAt().minus(Duration.ofDays(1)),
                                resend.sequence())),
                instead(
                        "hands on words as of when the room had other members",
                        named("MEMBERSHIP_MISMATCH", "for other members"),
                        resend -> new Body.Resend(resend.signedDataDer(), resend.acceptedAt(), 2)),
                handing(
                        "hands on words as of when their author had been revoked",
                        named("SENDER_REVOKED", "had been revoked"),
                        stage -> {
                            Instant now = stage.world.clock().instant();
                            stage.world
                                    .relay()
                                    .publish(stage.authority()
                                            .lists(
                                                    2,
                                                    now,
                                                    Optional.of(
                                                            stage.authority().revoked(stage.alice.identity()))));
                            stage.settle();
                            Body.Resend zero = resend(stage, stage.party().conversation(), "zero");
                            return new Body.Resend(zero.signedDataDer(), now.plusSeconds(1), zero.sequence());
                        }),
                handing(
                        "hands on what was said before one came",
                        named("BEFORE_ADMISSION", "did not belong to the room"),
                        stage -> resend(stage, stage.party().conversation(), "zero")),
                new Attack(
                        By.MEMBER,
                        "hands on what somebody said to it alone",
                        Script.ROOM,
                        stage -> stage.after("one", then -> {
                            Party between = Party.person(
                                    then.alice.address(), then.mallory().address());
                            then.alice.ask(new Command.SendText(between, "between us"));
                            then.settle();
                            handOn(then, resend(then, between.conversation(), "between us"));
                        }),
                        named("WRONG_CONVERSATION", "another conversation")),
                new Attack(
                        By.MEMBER,
                        "hands on in a room what it said elsewhere",
                        Script.ROOM,
                        stage -> stage.after("one", then -> {
                            Party between = Party.person(then.mallory().address(), then.bob.address());
                            Written written =
                                    then.mallory().seal(then.mallory().draft(between, new Body.Text("between us")));
                            handOn(then, resend(then, written));
                        }),
                        named("RESEND_ELSEWHERE", "belongs to another conversation")),
                new Attack(
                        By.MEMBER,
                        "hands on another letter of its own than it has sent",
                        Script.ROOM,
                        stage -> stage.after("two", then -> {
                            Draft other = then.mallory().draft(then.party(), new Body.Text("forged"));
                            then.mallory().lies(draft -> draft.counter = 1);
                            handOn(then, resend(then, then.mallory().seal(other)));
                        }),
                        named("RESEND_CONFLICT", "another message than the one that came")),
                new Attack(
                        By.MEMBER,
                        "hands on a letter of its own, and then sends another",
                        Script.ROOM,
                        stage -> stage.after("two", then -> {
                            Draft early = then.mallory().draft(then.party(), new Body.Text("early"));
                            then.mallory().lies(draft -> draft.counter = 3);
                            handOn(then, resend(then, then.mallory().seal(early)));
                            then.said().add("early");
                        }),
                        named("COUNTER_REUSED", "used its number for another")));
    }

    private static byte[] spoiled(byte[] signedData) {
        byte[] other = signedData.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    private interface Makes {
        Body.Resend make(Stage stage) throws Exception;
    }

    /// Changes what is handed on.
    private static Attack instead(String what, Outcome outcome, UnaryOperator<Body.Resend> change) {
        return new Attack(
                By.MEMBER,
                what,
                Script.HANDING_ON,
                stage -> stage.mallory().lies(draft -> draft.body = change.apply((Body.Resend) draft.body)),
                outcome);
    }

    private static Attack handing(String what, Outcome outcome, Makes makes) {
        return new Attack(
                By.MEMBER,
                what,
                Script.HANDING_ON,
                stage -> stage.after("handed on", then -> handOn(then, makes.make(then))),
                outcome);
    }

    private static void handOn(Stage stage, Body.Resend resend) throws Exception {
        stage.mallory().acted();
        stage.mallory().writes(stage.party(), resend);
    }

    private static Body.Resend resend(Stage stage, ConversationId conversation, String text) throws Exception {
        Line line = stage.mallory().line(conversation, text).line();
        return new Body.Resend(
                stage.mallory().evidence(conversation, text),
                line.receivedAt().orElseThrow(),
                line.sequence().orElseThrow());
    }

    /// Of a letter that the relay has never had.
    private static Body.Resend resend(Stage stage, Written written) {
        Instant now = stage.world.clock().instant();
        return new Body.Resend(written.inside(), now, 1_000);
    }
}
