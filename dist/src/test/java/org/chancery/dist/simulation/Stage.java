package org.chancery.dist.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.RoomView;
import org.chancery.client.engine.EngineByHand.Cryptography;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.jspecify.annotations.Nullable;

/// Alice, bob and, where there is a room, mallory, with real cryptography; the relay and the authority between
/// them; and what bob is to hear. Whoever is hostile has their doubles here.
final class Stage implements AutoCloseable {
    static final String TITLE = "the bridge";

    /// What one person has before their eyes.
    ///
    /// @param messages in the order in which they are shown
    record View(List<Message> messages, List<RoomView> rooms, List<Event.Problem> problems) {
        /// The texts that others have written.
        List<String> heard() {
            return messages.stream()
                    .filter(message -> message.state() == MessageState.RECEIVED && message.isShown())
                    .filter(message -> message.body().orElse(null) instanceof Body.Text)
                    .map(Message::text)
                    .toList();
        }

        List<Message> failed() {
            return messages.stream()
                    .filter(message -> message.state() == MessageState.FAILED)
                    .toList();
        }
    }

    final World world;
    final Person alice;
    final Person bob;
    private final HostileRelay relay;
    private final HostileAuthority authority;
    private final @Nullable HostileMember mallory;
    private final List<String> said = new ArrayList<>();
    private final Map<String, Attack.Deed> moments = new HashMap<>();
    private final Map<Person, List<Event>> events = new HashMap<>();
    private @Nullable Party party;

    Stage(Script script, Path directory) throws Exception {
        world = new World(Cryptography.REAL, directory, 1);
        alice = world.person("alice@lab.example");
        bob = world.person("bob@lab.example");
        mallory = script.withMallory() ? new HostileMember(world, world.person("mallory@lab.example")) : null;
        authority = new HostileAuthority(world);
        relay = new HostileRelay(world.clock());
        relay.listen(alice);
    }

    HostileRelay relay() {
        return relay;
    }

    HostileAuthority authority() {
        return authority;
    }

    HostileMember mallory() {
        return Objects.requireNonNull(mallory);
    }

    boolean hasMallory() {
        return mallory != null;
    }

    /// The conversation.
    Party party() {
        return Objects.requireNonNull(party);
    }

    /// What has been done that should not.
    int acts() {
        return relay.acts() + authority.acts() + (mallory == null ? 0 : mallory.acts());
    }

    /// Does something once this has been said.
    void after(String text, Attack.Deed deed) {
        moments.put(text, deed);
    }

    /// What bob is to hear, in this order.
    List<String> said() {
        return said;
    }

    void settle() throws Exception {
        world.settle();
    }

    /// Alice and bob are there.
    void talk() throws Exception {
        settle();
        party = Party.person(alice.address(), bob.address());
        reached("");
    }

    /// Eight days pass, in which the authority publishes new lists.
    void weekPasses() throws Exception {
        Duration week = Duration.ofDays(8);
        world.pki().advance(week);
        world.clock().pass(week);
        world.relay().publish(world.pki().crls());
        settle();
    }

    /// Alice makes a room; mallory joins, then bob.
    void meet() throws Exception {
        settle();
        alice.ask(new Command.CreateRoom(TITLE));
        settle();
        ConversationId room = events(alice).stream()
                .filter(Event.RoomActed.class::isInstance)
                .map(event -> ((Event.RoomActed) event).room().orElseThrow())
                .findFirst()
                .orElseThrow();
        party = Party.room(room);
        join(room, mallory().person());
        alice.ask(new Command.SendText(party(), "zero"));
        settle();
        join(room, bob);
        reached("");
    }

    private void join(ConversationId room, Person guest) throws Exception {
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(guest.address(), Role.MEMBER)));
        settle();
        guest.ask(new Command.ChangeRoom(room, new Act.Accept()));
        settle();
    }

    void aliceSays(String text) throws Exception {
        alice.ask(new Command.SendText(party(), text));
        settle();
        said.add(text);
        reached(text);
    }

    /// Mallory writes by hand.
    void mallorySays(String text) throws Exception {
        HostileMember.Written written = mallory().writes(party(), new Body.Text(text));
        settle();
        if (written.body() instanceof Body.Text words) {
            said.add(words.text());
        }
        reached(text);
    }

    void malloryHandsOn(Body.Resend resend) throws Exception {
        mallory().writes(party(), resend);
        settle();
        reached("handed on");
    }

    private void reached(String text) throws Exception {
        Attack.Deed deed = moments.remove(text);
        if (deed != null) {
            deed.arrange(this);
            settle();
        }
    }

    private List<Event> events(Person person) {
        List<Event> all = events.computeIfAbsent(person, _ -> new ArrayList<>());
        all.addAll(person.news());
        return all;
    }

    View view(Person person) {
        Map<Long, Message> messages = new TreeMap<>();
        List<RoomView> rooms = new ArrayList<>();
        List<Event.Problem> problems = new ArrayList<>();
        for (Event event : events(person)) {
            switch (event) {
                case Event.MessageStored(Message message) -> messages.put(message.id(), message);
                case Event.MessageChanged(Message message) -> messages.put(message.id(), message);
                case Event.MessageGone(var _, long id) -> messages.remove(id);
                case Event.RoomsChanged(List<RoomView> now) -> {
                    rooms.clear();
                    rooms.addAll(now);
                }
                case Event.Problem problem -> problems.add(problem);
                default -> {} // of no concern here
            }
        }
        return new View(List.copyOf(messages.values()), rooms, problems);
    }

    /// What bob's room is called.
    Optional<String> title() {
        return party().isRoom()
                ? view(bob).rooms().stream()
                        .filter(view -> view.id().equals(party().conversation()))
                        .map(RoomView::title)
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        world.close();
    }
}
