package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.Test;

/// Letters that did not come, or not whole: asked for, handed on, verified, put in their place.
final class EngineAskingTest extends Lab {
    private void drop(long first, long last) {
        relay.locked(() -> relay.distortion = deliver ->
                deliver.sequence() >= first && deliver.sequence() <= last ? Optional.empty() : Optional.of(deliver));
    }

    /// The note that letters of alice's are missing.
    private static Message note(TestClient b) throws Exception {
        return b.await(
                        Event.MessageStored.class,
                        event -> event.message().failure().orElse("").contains("of alice@lab.example"))
                .message();
    }

    @Test
    void missingLettersComeBackInTheirPlaceAndTheNoteGoes() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        drop(2, 4);
        for (String text : List.of("one", "two", "three", "four", "five")) {
            a.send(BOB, text);
        }
        Message note = note(b);
        assertThat(failure(note)).startsWith("3 messages of alice@lab.example are missing");
        b.awaitMessage("five", MessageState.RECEIVED);
        b.submit(new Command.AskAgain(note.id()));
        b.await(Event.MessageGone.class, gone -> gone.id() == note.id());
        assertThat(b.history(ALICE).stream()
                        .filter(message -> message.state() == MessageState.RECEIVED)
                        .map(Message::text))
                .containsExactly("one", "two", "three", "four", "five");
    }

    @Test
    void letterThatCannotBeOpenedIsReplacedByTheOriginal() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        relay.locked(() -> relay.distortion = deliver -> Optional.of(altered(deliver)));
        a.say(BOB, "whole");
        Message failed = b.awaitFailure();
        assertThat(failure(failed)).contains("DECRYPTION_FAILED");
        relay.locked(() -> relay.distortion = Optional::of);
        b.submit(new Command.AskAgain(failed.id()));
        Message shown = b.awaitMessage("whole", MessageState.RECEIVED);
        assertThat(shown.id()).isEqualTo(failed.id());
        b.barrier();
        assertThat(b.told).noneMatch(Event.MessageGone.class::isInstance);
        assertThat(shown.sequence()).hasValue(1);
        // What stays is that the relay did not deliver what it has on its record.
        assertThat(b.failures(ALICE)).singleElement().asString().contains("TRANSCRIPT_MISMATCH");
        assertThat(b.store.history().evidence(shown.id())).isPresent();
    }

    private static Frame.Deliver altered(Frame.Deliver deliver) {
        byte[] der = deliver.envelopeDer();
        return new Frame.Deliver(
                deliver.conversation(),
                deliver.sequence(),
                deliver.acceptedAt(),
                deliver.transcript(),
                Mutations.flip(der, der.length - 1, 1),
                deliver.from());
    }

    @Test
    void whatCameBackIsNotNewWhenTheRelayDeliversItAfterAll() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        drop(1, 1);
        a.send(BOB, "zero");
        exchange(b, a, "hello");
        a.say(BOB, "one");
        Message note = note(b);
        b.submit(new Command.AskAgain(note.id()));
        b.await(Event.MessageGone.class, gone -> gone.id() == note.id());
        relay.locked(() -> relay.distortion = Optional::of);
        relay.deliverAgain();
        exchange(a, b, "last");
        assertThat(b.history(ALICE).stream().filter(message -> message.text().equals("zero")))
                .hasSize(1);
    }

    @Test
    @Defends(Threat.HANDED_ON_AS_ANOTHERS)
    void whatIsHandedOnAlteredIsNotShownAndItsOwnOutcome() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        Message note = afterAGap(a, b);
        Message lost = a.history(BOB).get(1);
        StoredLine line = a.store.history().find(lost.id()).orElseThrow();
        byte[] original = a.store.history().evidence(lost.id()).orElseThrow();
        a.store.history().addEvidence(line, Mutations.flip(original, original.length - 1, 1));
        b.submit(new Command.AskAgain(note.id()));
        assertThat(b.awaitWhy()).contains("RESEND_FORGED");
        assertThat(b.texts(ALICE)).doesNotContain("two");
    }

    /// Alice hands on another letter of hers than the one that is missing: bob has it, and no other.
    @Test
    void whatIsHandedOnInsteadIsWhatItIs() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        Message note = afterAGap(a, b);
        List<Message> said = a.history(BOB);
        StoredLine line = a.store.history().find(said.get(1).id()).orElseThrow();
        byte[] other = a.store.history().evidence(said.get(0).id()).orElseThrow();
        a.store.history().addEvidence(line, other);
        b.submit(new Command.AskAgain(note.id()));
        awaitAcknowledgement(5); // of what is handed on, after three texts and the question
        exchange(a, b, "last");
        assertThat(b.texts(ALICE)).containsOnlyOnce("one").doesNotContain("two");
    }

    /// Alice signs another message under a number that she has used already.
    @Test
    @Defends(Threat.HANDED_ON_AS_ANOTHERS)
    void anotherMessageUnderTheSameNumberIsNamed() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        long id = a.send(BOB, "yes").id();
        Message received = b.awaitMessage("yes", MessageState.RECEIVED);
        StoredLine line = a.store.history().find(id).orElseThrow();
        MessageReference letter = line.reference().orElseThrow();
        Content content = new Content(
                CONVERSATION,
                Optional.of(BOB),
                letter.chain(),
                letter.counter(),
                new byte[0],
                0,
                new byte[0],
                new byte[0],
                0,
                pki.now(),
                new Body.Text("no"));
        EnvelopeSealer sealer = new EnvelopeSealer(new SecureRandom());
        try (SealedEpoch epoch = sealer.newEpoch(
                CONVERSATION,
                alice.deviceId(),
                List.of(SealMember.withoutChain(BOB)),
                List.of(RecipientKey.of(bob.chain().leaf())))) {
            byte[] signed = epoch.write(
                            alice,
                            ContentPurpose.CONTENT,
                            letter.chain(),
                            letter.counter(),
                            content.encode(),
                            pki.now())
                    .signedDataDer();
            a.store.history().addEvidence(line, signed);
        }
        Missing.Range range = new Missing.Range(letter.counter(), 1);
        b.store
                .missing()
                .put(new Missing(
                        1_000,
                        Party.person(BOB, ALICE),
                        ALICE,
                        letter.device(),
                        letter.chain(),
                        letter.counter(),
                        1,
                        List.of(range)));
        b.submit(new Command.AskAgain(1_000));
        assertThat(b.awaitWhy()).contains("RESEND_CONFLICT");
        assertThat(b.history(ALICE).getFirst().text()).isEqualTo("yes");
        assertThat(received.text()).isEqualTo("yes");
    }

    private void awaitAcknowledgement(long sequence) throws InterruptedException {
        Frame.Acknowledge next;
        do {
            next = relay.acknowledged.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("was not acknowledged").isNotNull();
        } while (next.sequence() != sequence);
    }

    private Message afterAGap(TestClient a, TestClient b) throws Exception {
        drop(2, 2);
        for (String text : List.of("one", "two", "three")) {
            a.send(BOB, text);
        }
        Message note = note(b);
        b.awaitMessage("three", MessageState.RECEIVED);
        return note;
    }

    @Test
    void editThatComesFirstFindsItsMessageWhenThatComesBack() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        Message note = afterAGap(a, b);
        a.submit(new Command.Edit(a.history(BOB).get(1).id(), "deux"));
        a.await(Event.MessageChanged.class, event -> event.message().standing().edited());
        b.await(Event.MessageStored.class, event -> !event.message().isShown());
        b.submit(new Command.AskAgain(note.id()));
        Message shown = b.awaitMessage("deux", MessageState.RECEIVED);
        assertThat(shown.standing().edited()).isTrue();
    }

    @Test
    void nothingIsAskedForWhereNothingIsMissing() throws Exception {
        TestClient b = online(bob);
        b.submit(new Command.AskAgain(17));
        b.awaitProblem(ProblemKind.NOT_DONE);
        assertThat(relay.letters(CONVERSATION)).isEmpty();
    }
}
