package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.engine.Forger.Claims;
import org.chancery.client.store.Handover;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.junit.jupiter.api.Test;

/// What a new device gets of what was said before it was there.
final class EngineHistoryTest extends Lab {
    private final Identity phone = device(ALICE);

    private int handOver(TestClient a) throws Exception {
        a.submit(new Command.HandOver(phone.deviceId()));
        return a.await(Event.HistoryHandedOver.class, Event.HistoryHandedOver::done)
                .letters();
    }

    private static List<Message> texts(TestClient client, Address with) {
        return client.history(with).stream()
                .filter(message -> message.body().orElse(null) instanceof Body.Text)
                .toList();
    }

    @Test
    void aNewDeviceHasWhatWasSaidInItsOrderAndBeforeWhatItGetsItself() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "one");
        exchange(b, a, "two");
        exchange(a, b, "three");
        a.submit(new Command.Edit(texts(a, BOB).getFirst().id(), "uno"));
        b.awaitMessage("uno", MessageState.RECEIVED);
        b.submit(new Command.React(texts(b, ALICE).getFirst().id(), "\uD83D\uDC4D", false));
        a.await(
                Event.MessageChanged.class,
                event -> !event.message().standing().reactions().isEmpty());
        exchange(a, b, "not for long");
        a.submit(new Command.Delete(texts(a, BOB).getLast().id()));
        b.await(Event.MessageChanged.class, event -> event.message().standing().deleted());
        TestClient p = online(phone);
        approve(a, p);
        exchange(b, p, "live");
        assertThat(handOver(a)).isPositive();
        p.awaitAll(BOB, "uno", "two", "three", "live");
        p.settle();
        assertThat(texts(p, BOB).stream().map(Message::text)).containsExactly("uno", "two", "three", "live");
        Message first = texts(p, BOB).getFirst();
        assertThat(first.standing().edited()).isTrue();
        assertThat(first.standing().reactions()).hasSize(1);
        assertThat(first.mine()).isTrue();
        assertThat(p.history(BOB))
                .noneMatch(message -> message.text().contains("not for long")
                        || message.failure().isPresent());
        assertThat(unread(p, BOB))
                .as("what came before it was there counts as read")
                .isEqualTo(1);
    }

    @Test
    void isVerifiedByWhatItsAuthorsSigned() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(b, a, "true");
        exchange(b, a, "false");
        Message last = texts(a, BOB).getLast();
        byte[] signed = a.store.history().evidence(last.id()).orElseThrow();
        signed[signed.length - 1] ^= 1;
        replace(a, last, signed);
        TestClient p = online(phone);
        approve(a, p);
        handOver(a);
        awaitRefused(p);
        assertThat(texts(p, BOB).stream().map(Message::text)).containsExactly("true");
    }

    /// What bob wrote to carol, whom alice has nothing to do with, in the place of what he wrote to alice.
    @Test
    void nothingIsTakenFromAConversationThatIsAnothers() throws Exception {
        TestClient b = online(bob);
        TestClient c = online(device(CAROL));
        TestClient a = online(alice);
        exchange(b, c, "not for alice");
        exchange(b, a, "true");
        exchange(b, a, "exchanged");
        Message others = c.history(BOB).getLast();
        replace(
                a,
                texts(a, BOB).getLast(),
                c.store.history().evidence(others.id()).orElseThrow());
        TestClient p = online(phone);
        approve(a, p);
        handOver(a);
        awaitRefused(p);
        assertThat(texts(p, BOB)).extracting(Message::text).containsExactly("true");
        assertThat(p.engine.find(new Search(List.of("not for alice"), Optional.empty(), 10)))
                .isEmpty();
    }

    /// What bob signed for the room after he had been removed, in a place at which he was no member.
    @Test
    void nothingIsTakenFromWhoWasNoMemberAtItsPlace() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        ConversationId room = room(a, b);
        exchange(room, b, a, "as a member");
        a.change(room, new Act.Remove(BOB));
        Message alone = a.send(room, "alone");
        Digest head = Objects.requireNonNull(a.store.rooms().all().get(room))
                .getLast()
                .hash();
        Claims claims = new Claims(
                room,
                Optional.empty(),
                ChainId.random(new SecureRandom()),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.of(head),
                new Body.Text("as a stranger"));
        replace(a, alone, new Forger(pki, bob).signed(claims, alice));
        TestClient p = online(phone);
        approve(a, p);
        handOver(a);
        awaitRefused(p);
        p.settle();
        assertThat(p.texts(room)).contains("as a member").doesNotContain("alone", "as a stranger");
    }

    private static void replace(TestClient client, Message message, byte[] signed) throws Exception {
        StoredLine line = client.store.history().find(message.id()).orElseThrow();
        client.store.history().addEvidence(line, signed);
    }

    private static void awaitRefused(TestClient client) throws InterruptedException {
        client.await(
                Event.Problem.class,
                problem -> problem.sentence().startsWith("1 messages of your history cannot be verified"));
    }

    @Test
    void leavesOutWhoIsBlockedAndWhatIsOld() throws Exception {
        Identity carol = device(CAROL);
        TestClient b = online(bob);
        TestClient c = online(carol);
        TestClient a = online(alice);
        exchange(b, a, "old");
        exchange(c, a, "unwanted");
        a.submit(new Command.Block(CAROL, true));
        a.await(Event.BlockingChanged.class, _ -> true);
        pki.advance(Duration.ofMinutes(2));
        exchange(b, a, "new");
        TestClient p = online(phone);
        approve(a, p);
        Instant since = pki.now().minus(Duration.ofMinutes(1));
        long all = a.store.history().newest() + 1;
        a.store.handovers().put(new Handover(phone.deviceId(), all, since, 0, 0));
        a.say(BOB, "wakes the engine");
        assertThat(a.await(Event.HistoryHandedOver.class, Event.HistoryHandedOver::done)
                        .letters())
                .isEqualTo(1);
        p.awaitAll(BOB, "new");
        p.settle();
        assertThat(texts(p, BOB)).extracting(Message::text).doesNotContain("old");
        assertThat(texts(p, CAROL)).isEmpty();
    }

    @Test
    void inRoomsItIsWhatTheOwnerWasAMemberFor() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        ConversationId room = b.createRoom("Incident 42");
        b.send(room, "before alice");
        join(room, b, a);
        exchange(room, b, a, "with alice");
        TestClient p = online(phone);
        approve(a, p);
        handOver(a);
        p.awaitMessage("with alice", MessageState.RECEIVED);
        p.settle();
        assertThat(p.history(room))
                .filteredOn(message -> message.body().orElse(null) instanceof Body.Text)
                .extracting(Message::text)
                .containsExactly("with alice");
    }

    @Test
    void goesOnAfterTheConnectionWasLost() throws Exception {
        TestClient b = online(bob);
        TestClient before = online(alice);
        for (int i = 0; i < 30; i++) {
            exchange(before, b, "line " + i + " " + "x".repeat(20_000));
        }
        TestClient p = online(phone);
        try (before) {
            approve(before, p);
            before.submit(new Command.HandOver(phone.deviceId()));
            before.await(Event.HistoryHandedOver.class, event -> !event.done());
        }
        relay.cutEverybody();
        TestClient a = online(alice);
        a.await(Event.HistoryHandedOver.class, Event.HistoryHandedOver::done);
        p.awaitAll(BOB, "line 0 " + "x".repeat(20_000), "line 29 " + "x".repeat(20_000));
        p.settle();
        assertThat(texts(p, BOB)).hasSize(30);
    }
}
