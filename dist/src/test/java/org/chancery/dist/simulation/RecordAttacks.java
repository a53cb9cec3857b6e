package org.chancery.dist.simulation;

import static org.chancery.dist.simulation.RelayAttacks.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.ProblemKind;
import org.chancery.dist.simulation.Attack.By;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Deliver;
import org.chancery.protocol.frame.Frame.DeliverMembership;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Frame.MembershipAnswer;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// What a relay can do with what it keeps for others: directory, revocation lists, the record of a room.
final class RecordAttacks {
    private RecordAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>(directory());
        all.addAll(lists());
        all.addAll(rooms());
        return all;
    }

    private static Outcome aliceIsTold(ProblemKind kind, String words) {
        return new Outcome.Told(stage -> stage.alice, kind, words);
    }

    private static Outcome bobIsTold(ProblemKind kind, String words) {
        return new Outcome.Told(stage -> stage.bob, kind, words);
    }

    private static List<Attack> directory() {
        return List.of(
                oldKey(),
                new Attack(
                        By.RELAY,
                        "shows somebody's device chain no longer",
                        Script.TALK,
                        stage -> stage.after(
                                "one",
                                then -> then.relay()
                                        .lies(
                                                then.alice,
                                                then.bob.address(),
                                                answer -> new DirectoryAnswer(answer.id(), answer.entries()))),
                        new Outcome.Both(
                                aliceIsTold(ProblemKind.DEVICE_CHAIN, "is gone"),
                                new Outcome.Unsent("nothing is sealed to bob@lab.example"))),
                new Attack(
                        By.RELAY,
                        "shows another's key as somebody's",
                        Script.TALK,
                        stage -> stage.after("one", then -> {
                            EncodedRecord other = then.world
                                    .relay()
                                    .log()
                                    .device(then.alice.identity().deviceId())
                                    .orElseThrow()
                                    .envelopeKey()
                                    .orElseThrow();
                            then.relay()
                                    .lies(
                                            then.alice,
                                            then.bob.address(),
                                            answer -> withKeys(answer, Optional.of(other)));
                        }),
                        new Outcome.Both(
                                aliceIsTold(ProblemKind.RELAY_INCONSISTENT, "that it never signed"),
                                new Outcome.Unsent("that it never signed"))));
    }

    /// The key that somebody had a week ago.
    private static Attack oldKey() {
        return new Attack(
                By.RELAY,
                "shows a key that was given up",
                Script.WEEKS,
                stage -> {
                    List<Optional<EncodedRecord>> old = new ArrayList<>();
                    stage.after(
                            "one",
                            then -> old.add(then.world
                                    .relay()
                                    .log()
                                    .device(then.bob.identity().deviceId())
                                    .orElseThrow()
                                    .envelopeKey()));
                    stage.after(
                            "two",
                            then -> then.relay()
                                    .lies(then.alice, then.bob.address(), answer -> withKeys(answer, old.getFirst())));
                },
                new Outcome.Both(
                        aliceIsTold(ProblemKind.RELAY_INCONSISTENT, "which has published key 2 before"),
                        new Outcome.Unsent("nothing is sealed to it until it has been online again")));
    }

    private static DirectoryAnswer withKeys(DirectoryAnswer answer, Optional<EncodedRecord> key) {
        return new DirectoryAnswer(
                answer.id(),
                answer.entries().stream()
                        .map(entry -> new DirectoryEntry(
                                entry.address(),
                                entry.displayName(),
                                entry.device(),
                                entry.chain(),
                                entry.revoked(),
                                entry.online(),
                                key))
                        .toList(),
                answer.deviceChain());
    }

    private static List<Attack> lists() {
        return List.of(
                new Attack(
                        By.RELAY,
                        "announces revocation lists and does not hand them over",
                        Script.TALK,
                        stage -> stage.relay()
                                .delivers(
                                        stage.bob,
                                        frame -> frame instanceof Frame.CrlPart ? List.of() : List.of(frame)),
                        bobIsTold(ProblemKind.REVOCATION_LIST, "does not hand over the revocation lists")),
                new Attack(
                        By.RELAY,
                        "keeps a newer revocation list to itself",
                        Script.TALK,
                        stage -> stage.after("one", then -> {
                            then.relay()
                                    .delivers(
                                            then.bob,
                                            frame -> frame instanceof Frame.CrlPart
                                                            || frame instanceof Frame.CrlsAnnounced
                                                    ? List.of()
                                                    : List.of(frame));
                            then.world
                                    .relay()
                                    .publish(then.world
                                            .pki()
                                            .revoke(then.world
                                                    .pki()
                                                    .client("eve@lab.example")
                                                    .chain()
                                                    .leaf()));
                        }),
                        bobIsTold(
                                ProblemKind.REVOCATION_LIST,
                                "alice@lab.example holds newer revocation lists than the relay has handed")),
                new Attack(
                        By.RELAY,
                        "hands over revocation lists of another house",
                        Script.TALK,
                        stage -> stage.after(
                                "one",
                                then -> then.relay()
                                        .hands(
                                                then.bob,
                                                then.world
                                                        .pki()
                                                        .otherAuthority()
                                                        .crls())),
                        new Outcome.Nothing()));
    }

    private static List<Attack> rooms() {
        return List.of(
                new Attack(
                        By.RELAY,
                        "shows one reader another history",
                        Script.ROOM,
                        stage -> stage.after("", then -> {
                            HostileRelay.Fork fork = new HostileRelay.Fork(delivered ->
                                    delivered.from().equals(then.mallory().address()));
                            fork.from(then.bob
                                    .store()
                                    .conversations()
                                    .find(then.party().conversation())
                                    .orElseThrow()
                                    .transcript());
                            then.relay().delivers(then.bob, fork);
                        }),
                        named("TRANSCRIPT_MISMATCH", "alice@lab.example")),
                new Attack(
                        By.RELAY,
                        "hides that somebody was removed",
                        Script.REMOVAL,
                        stage -> stage.after(
                                "one",
                                then -> then.relay().delivers(then.bob, frame -> switch (frame) {
                                    case DeliverMembership _ -> List.of();
                                    case MembershipAnswer answer ->
                                        List.of(new MembershipAnswer(
                                                answer.id(), answer.conversation(), List.of(), false));
                                    default -> List.of(frame);
                                })),
                        named("MEMBERSHIP_MISMATCH", "written for other members")),
                new Attack(
                        By.RELAY,
                        "delivers what was said before somebody joined",
                        Script.ROOM,
                        stage -> {
                            List<Deliver> early = new ArrayList<>();
                            stage.relay().delivers(stage.mallory().person(), frame -> {
                                if (frame instanceof Deliver deliver && early.isEmpty()) {
                                    early.add(deliver);
                                }
                                return List.of(frame);
                            });
                            stage.after("one", then -> then.relay().says(then.bob, early.getFirst()));
                        },
                        named("NOT_ADDRESSED", "not sealed to this device")),
                new Attack(
                        By.RELAY_AND_MEMBER,
                        "shows a change of the members by who may not make it",
                        Script.ROOM,
                        stage -> stage.after("one", then -> {
                            EncodedRecord removal = then.mallory()
                                    .entry(then.party().conversation(), new Act.Remove(then.alice.address()));
                            then.relay().says(then.bob, then.relay().entry(then.bob, then.party(), removal));
                        }),
                        new Outcome.Both(
                                named("ENTRY_REFUSED", "NOT_AN_OWNER"),
                                bobIsTold(
                                        ProblemKind.RELAY_INCONSISTENT,
                                        "a change of the members that does not hold"))));
    }
}
