package org.chancery.dist.simulation;

import static org.chancery.dist.simulation.RelayAttacks.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.store.Party;
import org.chancery.dist.simulation.Attack.By;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.ProtocolError;

/// What an authority can do that certifies whom it likes. Nobody hears of its certificates but by the relay, so most of
/// it takes both.
final class AuthorityAttacks {
    private AuthorityAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>(ghosts());
        all.addAll(chains());
        all.addAll(names());
        return all;
    }

    private static Attack both(String what, Attack.Deed deed, Outcome outcome) {
        return new Attack(By.RELAY_AND_AUTHORITY, what, Script.TALK, deed, outcome);
    }

    /// Once something has been said, the directory is asked again, and answers otherwise.
    private static Attack.Deed answering(Answering answering) {
        return stage -> stage.after("one", then -> {
            Identity ghost = then.authority().ghost(then.bob.address());
            then.relay().lies(then.alice, then.bob.address(), answer -> answering.answer(then, ghost, answer));
        });
    }

    private interface Answering {
        DirectoryAnswer answer(Stage stage, Identity ghost, DirectoryAnswer answer);
    }

    private static DirectoryAnswer with(
            Stage stage, Identity ghost, DirectoryAnswer answer, List<EncodedRecord> chain) {
        Address address = stage.bob.address();
        List<DirectoryEntry> entries = new ArrayList<>(answer.entries());
        entries.add(HostileAuthority.listed(
                ghost, address, Optional.of(stage.authority().envelopeKey(ghost, address, ghost.deviceId()))));
        return new DirectoryAnswer(answer.id(), entries, chain);
    }

    private static List<Attack> ghosts() {
        return List.of(
                both(
                        "lists a device that its owner knows nothing of",
                        answering((stage, ghost, answer) -> with(stage, ghost, answer, answer.deviceChain())),
                        new Outcome.Nothing()),
                both(
                        "takes no letter that is not sealed to such a device as well",
                        stage -> stage.after("one", then -> {
                            Identity ghost = then.authority().ghost(then.bob.address());
                            then.relay()
                                    .lies(
                                            then.alice,
                                            then.bob.address(),
                                            answer -> with(then, ghost, answer, answer.deviceChain()));
                            then.relay().takes(then.alice, frame -> {
                                if (frame instanceof Frame.Publish publish && RelayAttacks.isVictim(publish)) {
                                    then.alice
                                            .link()
                                            .hear(Frame.Refused.letter(
                                                    publish.key(), ProtocolError.STALE_SEAL, "a device is left out"));
                                    return List.of();
                                }
                                return List.of(frame);
                            });
                        }),
                        new Outcome.Unsent("do not agree on the devices")),
                both(
                        "writes as such a device",
                        stage -> stage.after("one", then -> {
                            Identity ghost = then.authority().ghost(then.alice.address());
                            List<EncodedRecord> chain = then.world.relay().log().deviceChain(then.alice.address());
                            then.relay()
                                    .delivers(
                                            then.bob,
                                            frame -> frame instanceof DirectoryAnswer answer
                                                            && answer.entries().isEmpty()
                                                    ? List.of(new DirectoryAnswer(
                                                            answer.id(),
                                                            List.of(HostileAuthority.listed(
                                                                    ghost, then.alice.address(), Optional.empty())),
                                                            chain))
                                                    : List.of(frame));
                            HostileMember writer = new HostileMember(then.world, ghost);
                            then.relay().says(then.bob, writer.past(writer.seal(forged(then, writer)), then.bob));
                        }),
                        named("SENDER_NOT_ON_CHAIN", "was not on its owner's device chain")),
                both(
                        "signs a key to receive with for somebody's device",
                        answering((stage, ghost, answer) -> new DirectoryAnswer(
                                answer.id(),
                                List.of(HostileAuthority.listed(
                                        stage.bob.identity(),
                                        stage.bob.address(),
                                        Optional.of(stage.authority()
                                                .envelopeKey(
                                                        ghost,
                                                        stage.bob.address(),
                                                        stage.bob.identity().deviceId())))),
                                answer.deviceChain())),
                        new Outcome.Both(
                                new Outcome.Told(
                                        stage -> stage.alice, ProblemKind.RELAY_INCONSISTENT, "that it never signed"),
                                new Outcome.Unsent("that it never signed"))));
    }

    private static Draft forged(Stage stage, HostileMember writer) throws Exception {
        return writer.draft(Party.person(writer.address(), stage.bob.address()), new Body.Text("forged"));
    }

    private static Outcome disputed(String words) {
        return new Outcome.Both(
                new Outcome.Told(stage -> stage.alice, ProblemKind.DEVICE_CHAIN, words),
                new Outcome.Unsent("nothing is sealed to bob@lab.example"));
    }

    private static List<Attack> chains() {
        return List.of(
                both(
                        "begins a device chain anew",
                        answering((stage, ghost, answer) -> with(
                                stage, ghost, answer, List.of(stage.authority().begins(ghost, stage.bob.address())))),
                        disputed("anew")),
                both(
                        "has a device join a chain on its own word",
                        answering((stage, ghost, answer) -> {
                            List<EncodedRecord> chain = new ArrayList<>(answer.deviceChain());
                            chain.add(stage.authority()
                                    .joins(
                                            ghost,
                                            stage.bob.address(),
                                            chain.getLast().hash()));
                            return with(stage, ghost, answer, chain);
                        }),
                        disputed("does not hold")),
                both(
                        "shows somebody a chain of their own devices that they did not make",
                        stage -> stage.after("one", then -> {
                            Identity ghost = then.authority().ghost(then.bob.address());
                            EncodedRecord first = then.authority().begins(ghost, then.bob.address());
                            then.relay()
                                    .lies(
                                            then.bob,
                                            then.bob.address(),
                                            answer -> with(then, ghost, answer, List.of(first)));
                        }),
                        new Outcome.Told(
                                stage -> stage.bob,
                                ProblemKind.DEVICE_CHAIN,
                                "a chain of your own devices that you did not make")));
    }

    private static List<Attack> names() {
        return List.of(
                both(
                        "certifies somebody's key under another name",
                        stage -> stage.relay().delivers(stage.bob, frame -> {
                            if (frame instanceof DirectoryAnswer answer
                                    && answer.entries().stream()
                                            .anyMatch(entry -> entry.address().equals(stage.alice.address()))) {
                                Address eve = new Address("eve@lab.example");
                                Identity renamed = stage.authority().renamed(stage.alice.identity(), eve);
                                return List.of(new DirectoryAnswer(
                                        answer.id(), List.of(HostileAuthority.listed(renamed, eve, Optional.empty()))));
                            }
                            return List.of(frame);
                        }),
                        named("SENDER_MISMATCH", "not from whom the relay says")),
                both(
                        "certifies an address outside its own domains",
                        stage -> stage.after("one", then -> {
                            Address other = new Address("alice@elsewhere.example");
                            Identity stranger = then.authority().ghost(other);
                            then.relay()
                                    .delivers(
                                            then.bob,
                                            frame -> frame instanceof DirectoryAnswer answer
                                                            && answer.entries().isEmpty()
                                                    ? List.of(new DirectoryAnswer(
                                                            answer.id(),
                                                            List.of(HostileAuthority.listed(
                                                                    stranger, other, Optional.empty())),
                                                            List.of(then.authority()
                                                                    .begins(stranger, other))))
                                                    : List.of(frame));
                            HostileMember writer = new HostileMember(then.world, stranger);
                            then.relay().says(then.bob, writer.past(writer.seal(forged(then, writer)), then.bob));
                        }),
                        named("SENDER_REFUSED", "certificate was not valid")));
    }
}
