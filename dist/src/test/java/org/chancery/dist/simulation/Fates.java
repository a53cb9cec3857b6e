package org.chancery.dist.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.client.chat.Event;
import org.chancery.client.store.Line;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Party;
import org.chancery.dist.simulation.Ledger.Taken;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.content.MessageReference;

/// What may happen to what somebody writes or reads though nobody is at fault: only what the ledger bears out.
final class Fates {
    private static final Pattern LOST_ENDS =
            Pattern.compile("the relay has lost that \\[(.*)] left this room or was removed; .*");

    private static final int ALL = 1_000_000;

    private final World world;
    private final Ledger ledger;

    Fates(World world) {
        this.world = world;
        this.ledger = world.relay().ledger();
    }

    /// That a message of one's own is not sent: its writer was shown the door; nobody has been there for a month; the
    /// relay has lost which key its reader receives with, or that somebody has left the room.
    boolean mayStayUnsent(Line line) {
        String failure = line.failure().orElseThrow();
        Party party = line.party();
        if (failure.contains("it waited when the backup was made")
                && world.holder(line.device().orElseThrow()).disk().hasBeenLost()) {
            return true;
        }
        if (party.isRoom()) {
            List<Address> lostEnds = lostEnds(failure);
            return failure.equals("you do not belong to this room, so nothing can be written in it")
                    || waitsForAKey(failure)
                    || failure.contains("(NOT_A_MEMBER)")
                    || (!lostEnds.isEmpty()
                            && lostEnds.stream().allMatch(of -> ledger.hasLostEnd(party.conversation(), of)));
        }
        return failure.contains("nobody could read the message") || waitsForAKey(failure);
    }

    /// That somebody does not know any more under which number they have said something: it went with their store.
    boolean isForgotten(Taken letter) {
        return world.holder(letter.letter().device()).disk().hasLost(letter.letter());
    }

    /// Somebody's device, which is named, has to come and say once more which key it receives with.
    private boolean waitsForAKey(String sentence) {
        return sentence.contains("until it has been online again")
                && world.people().stream()
                        .filter(person -> sentence.contains(person.address().value()))
                        .anyMatch(this::hasKeyLost);
    }

    /// Of whom a message's failure says that the relay has lost that they had gone.
    static List<Address> lostEnds(String failure) {
        Matcher matcher = LOST_ENDS.matcher(failure);
        List<Address> addresses = new ArrayList<>();
        try {
            for (String name : matcher.matches() ? matcher.group(1).split(", ") : new String[0]) {
                addresses.add(Address.parseCanonical(name));
            }
        } catch (MalformedNameException e) {
            throw new IllegalStateException("people of a simulation have addresses", e);
        }
        return addresses;
    }

    private boolean hasKeyLost(Person person) {
        return ledger.hasLostKey(person.identity().deviceId());
    }

    /// That a letter is refused whose sender is back in a room only because the relay has lost how they went.
    boolean isReadmitted(Line line) {
        Optional<String> failure = line.failure().filter(it -> it.endsWith("(READMITTED)"));
        boolean handedOn = failure.filter(it -> it.contains("hands on")).isPresent(); // by somebody, of somebody
        return failure.isPresent()
                && world.people().stream()
                        .map(Person::address)
                        .filter(address -> handedOn || address.equals(line.from()))
                        .anyMatch(address -> ledger.hasLostEnd(line.conversation(), address));
    }

    /// That letters are missing which nobody can hand on. They are missing because the relay has lost them, or the
    /// key that their reader received with. In a room nobody can where its reader does not belong to it any more,
    /// nobody else who is there has them, or the relay has lost changes by which they may have been written.
    ///
    /// @return those of which that is not so
    List<MessageReference> unexplained(Person reader, Missing missing) throws IOException {
        List<MessageReference> unexplained = new ArrayList<>();
        for (long counter : missing.numbers(ALL)) {
            MessageReference letter = new MessageReference(missing.device(), missing.chain(), counter);
            boolean lost = !ledger.ever(letter).isEmpty()
                    && ledger.ever(letter).stream().allMatch(taken -> ledger.hasLost(taken) && !ledger.has(taken));
            boolean explained = lost || hasKeyLost(reader) || reader.disk().hasBeenLost();
            if (!explained || canBeHandedOn(reader, missing.party(), letter)) {
                unexplained.add(letter);
            }
        }
        return unexplained;
    }

    private boolean canBeHandedOn(Person reader, Party party, MessageReference letter) throws IOException {
        if (!party.isRoom()) {
            return has(world.holder(letter.device()), party, letter);
        }
        Set<Address> members = world.relay().log().membersOf(party.conversation());
        if (!members.contains(reader.address()) || ledger.hasLostChange(party.conversation())) {
            return false;
        }
        for (Person other : world.people()) {
            if (other != reader && members.contains(other.address()) && has(other, party, letter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Person person, Party party, MessageReference letter) throws IOException {
        return person.store()
                .history()
                .find(party.conversation(), letter)
                .filter(line -> !line.line().isForgotten()) // as one that hands on others is, which are kept themselves
                .isPresent();
    }

    /// That somebody who was in a room since their backup, and is no longer, knows nothing of it any more.
    boolean isOfARoomLost(Person reader, Taken letter) throws IOException {
        ConversationId conversation = letter.place().conversation();
        return reader.disk().hasBeenLost()
                && reader.store().conversations().find(conversation).isEmpty()
                && !world.relay().log().membersOf(conversation).contains(reader.address());
    }

    /// That somebody has handed on what was written by changes of a room that the relay has lost since they were
    /// asked.
    boolean cameTooLate(Line line) {
        return line.failure()
                        .filter(it -> it.contains("hands on") && it.endsWith("(MEMBERSHIP_MISMATCH)"))
                        .isPresent()
                && ledger.hasLostChange(line.conversation());
    }

    /// Whether somebody has to be told this.
    boolean mayBeTold(Person person, Event.Problem problem) {
        return switch (problem.kind()) {
            case REVOCATION_LIST -> true; // days went by
            case RELAY_RESTORED -> ledger.restorations() > 0;
            case DEVICE_CHAIN -> problem.sentence().startsWith("this device waits to be approved");
            case RELAY_INCONSISTENT -> waitsForAKey(problem.sentence());
            case LETTER_NOT_ACCEPTED ->
                (problem.sentence().contains("this device does not have the key any more that it is sealed to")
                                && (hasKeyLost(person) || person.disk().hasBeenLost()))
                        || (problem.sentence().contains("the relay has lost that its sender left this room")
                                && ledger.restorations() > 0);
            default -> false;
        };
    }
}
