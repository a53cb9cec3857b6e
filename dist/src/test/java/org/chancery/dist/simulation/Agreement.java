package org.chancery.dist.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chancery.client.engine.Event;
import org.chancery.client.engine.ProblemKind;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.server.conversation.Page;
import org.chancery.server.conversation.StoredLetter;

/// What has to hold once everybody has been heard; what does not is said, a sentence each.
///
/// - What a client calls published lies in the relay's log where the client says.
/// - Every letter in the log that is sealed to a device is a message in that device's store, at its place, with the
/// words
///   that its sender has there.
/// - Nobody shows a text twice, or one in another place than others do.
/// - Nobody has a complaint about the relay or about anybody.
final class Agreement {
    private static final int ALL = 1_000_000;
    private static final int PAGE = 100;

    private record Place(ConversationId conversation, long sequence) {}

    private final World world;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Place> texts = new TreeMap<>();

    private Agreement(World world) {
        this.world = world;
    }

    static List<String> faults(World world) throws Exception {
        Agreement agreement = new Agreement(world);
        for (Person person : world.people()) {
            agreement.writes(person);
        }
        for (Person person : world.people()) {
            agreement.reads(person);
            agreement.complains(person);
        }
        return agreement.faults;
    }

    private static List<Line> lines(Person person, ConversationId conversation) throws Exception {
        return person.store().history().newest(conversation, 0, ALL).stream()
                .map(StoredLine::line)
                .toList();
    }

    private static Optional<String> text(Line line) {
        return line.body().filter(Body.Text.class::isInstance).map(body -> ((Body.Text) body).text());
    }

    private void writes(Person person) throws Exception {
        for (Conversation conversation : person.store().conversations().all()) {
            for (Line line : lines(person, conversation.id())) {
                boolean own = line.device().equals(Optional.of(person.identity().deviceId()));
                if (own && line.sequence().isPresent() && text(line).isPresent()) {
                    texts.put(
                            text(line).get(),
                            new Place(line.conversation(), line.sequence().getAsLong()));
                } else if (own
                        && line.failure().isEmpty()
                        && line.note().isEmpty()
                        && text(line).isPresent()) {
                    faults.add(person.address() + " still holds what it could have sent: "
                            + text(line).get());
                }
            }
        }
    }

    private void reads(Person person) throws Exception {
        Set<String> shown = new HashSet<>();
        Set<Place> had = new HashSet<>();
        for (Conversation conversation : person.store().conversations().all()) {
            for (Line line : lines(person, conversation.id())) {
                Optional<String> text = text(line);
                if (text.isEmpty() || line.failure().isPresent()) {
                    continue;
                }
                if (!shown.add(text.get())) {
                    faults.add(person.address() + " shows twice: " + text.get());
                }
                Place place = new Place(line.conversation(), line.sequence().orElse(0));
                had.add(place);
                if (!place.equals(texts.get(text.get()))) {
                    faults.add(person.address() + " shows " + text.get() + " at " + place + ", its sender at "
                            + texts.get(text.get()));
                }
            }
        }
        for (Conversation conversation : person.store().conversations().all()) {
            for (StoredLetter letter : sealedTo(person.identity().deviceId(), conversation.id())) {
                Place place = new Place(conversation.id(), letter.sequence());
                if (texts.containsValue(place) && !had.contains(place)) {
                    faults.add(person.address() + " has not what was sealed to it at " + place);
                }
            }
        }
    }

    private List<StoredLetter> sealedTo(DeviceId device, ConversationId conversation) throws Exception {
        List<StoredLetter> letters = new ArrayList<>();
        long reached = 0;
        boolean more = true;
        while (more) {
            Page page = world.relay().log().read(device, conversation, reached, PAGE);
            page.letters().stream().filter(letter -> letter.wrap().isPresent()).forEach(letters::add);
            more = page.more() && page.reached() > reached;
            reached = page.reached();
        }
        return letters;
    }

    private void complains(Person person) throws Exception {
        for (Conversation conversation : person.store().conversations().all()) {
            for (Line line : lines(person, conversation.id())) {
                boolean own = line.device().equals(Optional.of(person.identity().deviceId()));
                if (line.failure().isPresent() && !(own && isFate(line.failure().get()))) {
                    faults.add(
                            person.address() + " complains: " + line.failure().get());
                }
            }
        }
        for (Event event : person.told()) {
            if (event instanceof Event.Problem(ProblemKind kind, String sentence, var _)
                    && kind != ProblemKind.REVOCATION_LIST) {
                faults.add(person.address() + " is told of " + kind + ": " + sentence);
            }
        }
    }

    /// What can happen to a message in a world without faults: that its writer was shown the door meanwhile.
    private static boolean isFate(String failure) {
        return failure.contains("you do not belong to this room")
                || failure.contains("(NOT_A_MEMBER)")
                || failure.contains("nobody could read the message");
    }
}
