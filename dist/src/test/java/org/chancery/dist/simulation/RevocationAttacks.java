package org.chancery.dist.simulation;

import static org.chancery.dist.simulation.RelayAttacks.named;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Doubt;
import org.chancery.client.chat.ProblemKind;
import org.chancery.dist.simulation.Attack.By;
import org.chancery.pki.revocation.RevokedCertificate;

/// What an authority can do with revocation lists.
final class RevocationAttacks {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private RevocationAttacks() {}

    private static Attack after(String what, Attack.Deed deed, Outcome outcome) {
        return new Attack(By.AUTHORITY, what, Script.TALK, stage -> stage.after("one", deed), outcome);
    }

    static List<Attack> all() {
        return List.of(
                after(
                        "says that a key was stolen long ago",
                        stage -> publish(
                                stage, 2, now(stage).minus(MINUTE), Optional.of(stolen(stage, Duration.ofDays(30)))),
                        new Outcome.Both(
                                new Outcome.Seen(
                                        "marked",
                                        message -> message.text().equals("one")
                                                && message.standing().doubt().equals(Optional.of(Doubt.AFTER_THEFT))),
                                new Outcome.Both(
                                        new Outcome.Told(
                                                stage -> stage.bob,
                                                ProblemKind.KEY_STOLEN,
                                                "a key of somebody you know was stolen"),
                                        named("SENDER_REVOKED", "had been revoked")))),
                after(
                        "takes a revocation back by an older list",
                        stage -> {
                            publish(stage, 9, now(stage).minus(MINUTE), Optional.of(stolen(stage, Duration.ZERO)));
                            stage.settle();
                            publish(stage, 8, now(stage), Optional.empty());
                        },
                        named("SENDER_REVOKED", "had been revoked")),
                after(
                        "takes a revocation back by a list of the same number",
                        stage -> {
                            publish(stage, 9, now(stage), Optional.of(stolen(stage, Duration.ZERO)));
                            stage.settle();
                            publish(stage, 9, now(stage).minus(Duration.ofHours(1)), Optional.empty());
                        },
                        named("SENDER_REVOKED", "had been revoked")),
                after(
                        "publishes lists whose time is over",
                        stage -> publish(stage, 2, now(stage).minus(Duration.ofDays(30)), Optional.empty()),
                        new Outcome.Both(
                                new Outcome.Told(
                                        stage -> stage.alice,
                                        ProblemKind.REVOCATION_LIST,
                                        "nothing can be sent for now"),
                                new Outcome.Waits())),
                after(
                        "publishes lists of a time to come",
                        stage -> publish(stage, 2, now(stage).plus(Duration.ofDays(30)), Optional.empty()),
                        new Outcome.Both(
                                new Outcome.Told(
                                        stage -> stage.alice,
                                        ProblemKind.REVOCATION_LIST,
                                        "nothing can be sent for now"),
                                new Outcome.Waits())));
    }

    private static Instant now(Stage stage) {
        return stage.world.clock().instant();
    }

    private static RevokedCertificate stolen(Stage stage, Duration ago) {
        return stage.authority().stolen(stage.alice.identity(), now(stage).minus(ago));
    }

    private static void publish(Stage stage, long number, Instant thisUpdate, Optional<RevokedCertificate> revoked) {
        stage.world.relay().publish(stage.authority().lists(number, thisUpdate, revoked));
    }
}
