package org.chancery.dist.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.RoomView;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Origin;
import org.chancery.client.store.StoredLine;
import org.chancery.dist.simulation.Ledger.Place;
import org.chancery.dist.simulation.Ledger.Taken;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;

/// What has to hold once everybody has been heard and has asked for what they lack; what does not is said, a sentence
/// each.
///
/// - Every letter that the relay took for a device, and has not lost with its disk, is a message in that device's
///   store, under its number.
/// - Nothing is shown that nobody said. A text is shown once, where its sender has it or had it before their store was
///   lost; once more only where the relay's log became another one before the sender had the answer, as the letter that
///   was taken by the earlier log.
/// - What others said is shown in the order of the log.
/// - Nobody still holds what could have been sent.
/// - Who belongs to a room is the same for all who do, and for the relay.
/// - Nobody has a complaint about the relay or about anybody, but for what the ledger bears out ([Fates]).
final class Agreement {
    private static final int ALL = 1_000_000;

    private final World world;
    private final Ledger ledger;
    private final Fates fates;
    private final List<String> faults = new ArrayList<>();

    /// By which number the sender of a text knows it; empty where it was not sent.
    private final Map<String, Optional<MessageReference>> said = new HashMap<>();

    private Agreement(World world) {
        this.world = world;
        this.ledger = world.relay().ledger();
        this.fates = new Fates(world);
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
    private static List<StoredLine> lines(Person person, ConversationId conversation) throws Exception {
        return person.store().history().newest(conversation, 0, ALL);
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

    private void fault(Person person, String what) {
        faults.add(person.address() + " " + what);
    }

    private void writes(Person person) throws Exception {
        for (Conversation conversation : person.store().conversations().all()) {
            for (StoredLine stored : lines(person, conversation.id())) {
                Line line = stored.line();
                Optional<String> text = text(line);
                if (text.isEmpty() || !isOwn(line, person)) {
                    continue;
                }
                said.merge(text.get(), stored.reference(), (one, other) -> one.isPresent() ? one : other);
                if (line.sequence().isEmpty() && line.failure().isEmpty()) {
                    fault(person, "still holds what it could have sent: " + text.get());
                }
            }
        }
    }

    private void reads(Person person) throws Exception {
        Map<String, Set<Integer>> shown = new HashMap<>(); // each text once a log
        for (Conversation conversation : person.store().conversations().all()) {
            long last = 0;
            for (StoredLine stored : lines(person, conversation.id())) {
                Line line = stored.line();
                Optional<String> text = text(line);
                if (text.isEmpty() || line.failure().isPresent()) {
                    continue;
                }
                if (!world.speaker(text.get()).equals(Optional.of(line.from()))) {
                    fault(person, "shows what nobody said: " + text.get());
                    continue;
                }
                Optional<Taken> letter = letter(stored);
                if (letter.isEmpty()) {
                    fault(person, "shows " + text.get() + " where the relay never had it, at " + place(line));
                    continue;
                }
                Optional<MessageReference> known = said.getOrDefault(text.get(), Optional.empty());
                boolean isTheOne = known.equals(stored.reference()) || fates.isForgotten(letter.get());
                boolean another = !shown.computeIfAbsent(text.get(), _ -> new HashSet<>())
                        .add(letter.get().log());
                if (another || (!isTheOne && !isOfAnEarlierLog(letter.get(), known))) {
                    fault(person, "shows another time, or under another number than its sender: " + text.get());
                }
                if (!isOwn(line, person) && ledger.has(letter.get()) && !ledger.hasLost(letter.get())) {
                    long sequence = letter.get().place().sequence();
                    if (sequence <= last) {
                        fault(person, "shows " + text.get() + " of " + place(line) + " behind that of " + last);
                    }
                    last = sequence;
                }
            }
        }
    }

    /// Whether the log has become another one since it took a letter, and before its sender wrote the text anew.
    private boolean isOfAnEarlierLog(Taken letter, Optional<MessageReference> anew) {
        int log = anew.stream()
                .flatMap(reference -> ledger.ever(reference).stream())
                .mapToInt(Taken::log)
                .min()
                .orElse(ledger.restorations());
        return letter.log() < log;
    }

    /// What the relay took at this place under this number.
    private Optional<Taken> letter(StoredLine stored) {
        return stored.reference().stream()
                .flatMap(reference -> ledger.ever(reference).stream())
                .filter(taken -> place(stored.line()).equals(Optional.of(taken.place())))
                .findFirst();
    }

    private void hasWhatWasTaken() throws Exception {
        Map<DeviceId, Person> byDevice = new HashMap<>();
        world.people().forEach(person -> byDevice.put(person.identity().deviceId(), person));
        for (Taken letter : ledger.taken()) {
            MessageReference reference = letter.letter();
            Origin origin = new Origin.Letter(reference.device(), reference.chain(), reference.counter());
            for (DeviceId reader : letter.readers()) {
                Person person = Objects.requireNonNull(byDevice.get(reader));
                if (person.store().history().find(origin).isEmpty()
                        && !isNoted(person, letter)
                        && !fates.isOfARoomLost(person, letter)) {
                    fault(person, "has not what was sealed to it at " + letter.place());
                }
            }
        }
    }

    /// Whether its reader has a note in place of a letter that the ledger bears out.
    private boolean isNoted(Person reader, Taken letter) throws Exception {
        Origin origin =
                new Origin.Place(letter.place().conversation(), letter.place().sequence(), letter.hash());
        Optional<StoredLine> note = reader.store().history().find(origin);
        return note.isPresent() && isFate(reader, note.get());
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
                fault(
                        person,
                        "knows as members of " + room.title() + " "
                                + room.members().keySet() + ", the relay " + atRelay);
            }
        }
        for (Person other : world.people()) {
            for (RoomView room : other.rooms()) {
                boolean belongs =
                        room.state() == RoomView.State.MEMBER && room.members().containsKey(person.address());
                if (belongs && !member.contains(room.id())) {
                    fault(person, "does not know that it belongs to " + room.title());
                }
            }
        }
    }

    private void complains(Person person) throws Exception {
        for (Conversation conversation : person.store().conversations().all()) {
            for (StoredLine stored : lines(person, conversation.id())) {
                if (stored.line().failure().isPresent() && !isFate(person, stored)) {
                    fault(
                            person,
                            "complains at " + place(stored.line()) + ": "
                                    + stored.line().failure().get());
                }
            }
        }
        for (Event event : person.told()) {
            if (event instanceof Event.Problem problem && !fates.mayBeTold(person, problem)) {
                fault(person, "is told of " + problem.kind() + ": " + problem.sentence());
            }
        }
    }

    private boolean isFate(Person person, StoredLine stored) throws Exception {
        if (isOwn(stored.line(), person)) {
            return fates.mayStayUnsent(stored.line());
        }
        if (fates.isReadmitted(stored.line()) || fates.cameTooLate(stored.line())) {
            return true;
        }
        Optional<Missing> missing = person.store().missing().find(stored.id());
        return missing.isPresent() && fates.unexplained(person, missing.get()).isEmpty();
    }
}
