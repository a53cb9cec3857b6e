package org.chancery.dist.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chancery.client.engine.Event;
import org.chancery.client.engine.ProblemKind;
import org.chancery.client.engine.RoomView;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.dist.simulation.Ledger.Place;
import org.chancery.dist.simulation.Ledger.Taken;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;

/// What has to hold once everybody has been heard; what does not is said, a sentence each.
///
/// - Every letter that the relay took for a device, and has not lost with its disk, is a message in that device's
///   store, under its number.
/// - Nothing is shown that nobody said, nothing twice, and everything where the relay has put it and its sender has it.
/// - What others said is shown in the order of the log.
/// - Nobody still holds what could have been sent.
/// - Who belongs to a room is the same for all who do, and for the relay.
/// - Nobody has a complaint about the relay or about anybody, unless the relay has lost something.
final class Agreement {
    private static final int ALL = 1_000_000;

    private final World world;
    private final Ledger ledger;
    private final List<String> faults = new ArrayList<>();

    /// Where what was said lies, as who said it has it; empty where that is not known to them.
    private final Map<String, Optional<Place>> said = new HashMap<>();

    private Agreement(World world) {
        this.world = world;
        this.ledger = world.relay().ledger();
    }

    static List<String> faults(World world) throws Exception {
        Agreement agreement = new Agreement(world);
        for (Person person : world.people()) {
            agreement.writes(person);
        }
        for (Person person : world.people()) {
            agreement.reads(person);
            agreement.belongs(person);
            agreement.complains(person);
        }
        agreement.hasWhatWasTaken();
        return agreement.faults;
    }

    /// In the order in which they are shown.
    private static List<Line> lines(Person person, ConversationId conversation) throws Exception {
        return person.store().history().newest(conversation, 0, ALL).stream()
                .map(StoredLine::line)
                .toList();
    }

    private static Optional<String> text(Line line) {
        return line.body().filter(Body.Text.class::isInstance).map(body -> ((Body.Text) body).text());
    }

    private static Optional<Place> place(Line line) {
        return line.sequence().isPresent()
                ? Optional.of(new Place(line.conversation(), line.sequence().getAsLong()))
                : Optional.empty();
    }

    private static boolean isOwn(Line line, Person person) {
        return line.device().equals(Optional.of(person.identity().deviceId()));
    }

    private void writes(Person person) throws Exception {
        for (Conversation conversation : person.store().conversations().all()) {
            for (Line line : lines(person, conversation.id())) {
                Optional<String> text = text(line);
                if (text.isEmpty() || !isOwn(line, person)) {
                    continue;
                }
                said.put(text.get(), place(line));
                if (line.sequence().isEmpty() && line.failure().isEmpty()) {
                    faults.add(person.address() + " still holds what it could have sent: " + text.get());
                }
            }
        }
    }

    private void reads(Person person) throws Exception {
        Set<String> shown = new HashSet<>();
        for (Conversation conversation : person.store().conversations().all()) {
            long last = 0;
            for (Line line : lines(person, conversation.id())) {
                Optional<String> text = text(line);
                if (text.isEmpty() || line.failure().isPresent()) {
                    continue;
                }
                boolean ofLostLog = place(line).filter(ledger::hasLost).isPresent();
                boolean again = !shown.add(text.get());
                if (again && ledger.restorations() == 0) {
                    faults.add(person.address() + " shows twice: " + text.get());
                }
                if (!said.containsKey(text.get())) {
                    faults.add(person.address() + " shows what nobody said: " + text.get());
                } else if (!ofLostLog && !place(line).equals(said.get(text.get())) && ledger.restorations() == 0) {
                    faults.add(person.address() + " shows " + text.get() + " at " + place(line) + ", its sender at "
                            + said.get(text.get()));
                }
                OptionalLong sequence = isOwn(line, person) || ofLostLog ? OptionalLong.empty() : line.sequence();
                if (sequence.isPresent() && sequence.getAsLong() <= last && ledger.restorations() == 0) {
                    faults.add(person.address() + " shows " + text.get() + " behind what came later");
                }
                last = sequence.orElse(last);
            }
        }
    }

    private void hasWhatWasTaken() throws Exception {
        Map<DeviceId, Person> byDevice = new HashMap<>();
        world.people().forEach(person -> byDevice.put(person.identity().deviceId(), person));
        for (Taken letter : ledger.taken()) {
            Origin origin = new Origin.Letter(
                    letter.sender(), letter.key().chain(), letter.key().counter());
            for (DeviceId reader : letter.readers()) {
                Person person = Objects.requireNonNull(byDevice.get(reader));
                if (person.store().history().find(origin).isEmpty()) {
                    faults.add(person.address() + " has not what was sealed to it at " + letter.place());
                }
            }
        }
    }

    private void belongs(Person person) throws Exception {
        Set<ConversationId> member = new HashSet<>();
        for (RoomView room : person.rooms()) {
            if (room.state() != RoomView.State.MEMBER) {
                continue;
            }
            member.add(room.id());
            Set<Address> atRelay = world.relay().log().membersOf(room.id());
            if (!room.members().keySet().equals(atRelay)) {
                faults.add(person.address() + " knows as members of " + room.title() + " "
                        + room.members().keySet() + ", the relay " + atRelay);
            }
        }
        for (Person other : world.people()) {
            for (RoomView room : other.rooms()) {
                boolean belongs =
                        room.state() == RoomView.State.MEMBER && room.members().containsKey(person.address());
                if (belongs && !member.contains(room.id())) {
                    faults.add(person.address() + " does not know that it belongs to " + room.title());
                }
            }
        }
    }

    private void complains(Person person) throws Exception {
        for (Conversation conversation : person.store().conversations().all()) {
            for (Line line : lines(person, conversation.id())) {
                if (line.failure().isPresent()
                        && !(isOwn(line, person) && Fates.isOne(line.failure().get(), conversation.party(), ledger))) {
                    faults.add(person.address() + " complains at " + place(line) + ": "
                            + line.failure().get());
                }
            }
        }
        for (Event event : person.told()) {
            if (event instanceof Event.Problem(ProblemKind kind, String sentence, var _)
                    && kind != ProblemKind.REVOCATION_LIST
                    && !(kind == ProblemKind.RELAY_RESTORED && ledger.restorations() > 0)
                    && !(sentence.contains("until it has been online again") && ledger.restorations() > 0)) {
                faults.add(person.address() + " is told of " + kind + ": " + sentence);
            }
        }
    }

    /// What can happen to a message of one's own in a world without faults: that its writer was shown the door, that
    /// nobody has been there for a month, that the relay has lost which key somebody receives with.
    private static final class Fates {
        private Fates() {}

        static boolean isOne(String failure, Party party, Ledger ledger) {
            return failure.contains("nobody could read the message")
                    || (party.isRoom()
                            && (failure.contains("you do not belong to this room")
                                    || failure.contains("(NOT_A_MEMBER)")))
                    || (ledger.restorations() > 0 && failure.contains("until it has been online again"));
        }
    }
}
