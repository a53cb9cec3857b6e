package org.chancery.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found under what, what is forgotten, and where what comes late is put.
class HistoryTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final Address CAROL = new Address("carol@lab.example");
    private static final Party WITH_BOB = Party.person(ALICE, BOB);
    private static final DeviceId DEVICE = new DeviceId("d1".repeat(32));
    private static final ChainId CHAIN = new ChainId("c1".repeat(16));

    @TempDir
    private Path directory;

    private MessageStore store;
    private History history;

    @BeforeEach
    void open() throws IOException {
        store = MessageStore.open(location(), Passphrase.none(), new SecureRandom());
        history = store.history();
    }

    private StoreLocation location() {
        return new StoreLocation(directory.resolve("alice.p12"));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private static Origin letter(long counter) {
        return new Origin.Letter(DEVICE, CHAIN, counter);
    }

    private static MessageReference reference(long counter) {
        return new MessageReference(DEVICE, CHAIN, counter);
    }

    private static Line line(Party party, Address from, Body body) {
        return new Line(
                party,
                from,
                Optional.of(DEVICE),
                false,
                Optional.of(body),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                OptionalLong.of(1),
                Optional.empty(),
                Optional.empty());
    }

    private StoredLine add(long counter, Address from, Body body) throws StoreException {
        return history.add(letter(counter), line(WITH_BOB, from, body)).orElseThrow();
    }

    private List<Long> shown() throws StoreException {
        return history.newest(WITH_BOB.conversation(), 0, 100).stream()
                .map(StoredLine::id)
                .toList();
    }

    @Test
    void whatIsAboutAMessageIsNoLineOfTheConversation() throws Exception {
        StoredLine text = add(1, BOB, new Body.Text("hello"));
        StoredLine edit = add(2, BOB, new Body.Edit(reference(1), "hallo", List.of()));
        add(3, BOB, new Body.Delete(reference(7)));
        StoredLine reaction = add(4, CAROL, new Body.Reaction(reference(1), "k", false));
        add(5, BOB, new Body.ReadNote(1));
        StoredLine unknown = add(6, BOB, new Body.Unknown(99, new byte[3]));
        assertThat(shown()).containsExactly(text.id(), unknown.id());
        ConversationId id = WITH_BOB.conversation();
        assertThat(history.edits(id, reference(1), BOB, 10)).containsExactly(edit);
        assertThat(history.edits(id, reference(1), CAROL, 10)).isEmpty();
        assertThat(history.reactions(id, reference(1), 10)).containsExactly(reaction);
        assertThat(history.isDeleted(id, reference(7), BOB)).isTrue();
        assertThat(history.isDeleted(id, reference(7), CAROL)).isFalse();
        assertThat(history.isDeleted(id, reference(1), BOB)).isFalse();
        assertThat(history.find(id, reference(1))).contains(text);
    }

    /// Named from another conversation, nothing is found.
    @Test
    void referencesAreOfTheirConversation() throws Exception {
        add(1, BOB, new Body.Text("hello"));
        ConversationId other = ConversationId.direct(ALICE, CAROL);
        Line elsewhere = line(Party.person(ALICE, CAROL), BOB, new Body.Edit(reference(1), "bye", List.of()));
        history.add(letter(2), elsewhere);
        assertThat(history.find(other, reference(1))).isEmpty();
        assertThat(history.edits(WITH_BOB.conversation(), reference(1), BOB, 10))
                .isEmpty();
    }

    @Test
    void theProofOfAnEarlierLetterComesBackUnlessTheMessageWasDeleted() throws IOException {
        byte[] proof = "said".getBytes(StandardCharsets.UTF_8);
        for (long counter = 1; counter <= 2; counter++) {
            StoredLine line = history.add(letter(counter), line(WITH_BOB, ALICE, new Body.Text("said")))
                    .orElseThrow();
            Digest earlier = Digest.over(new byte[] {(byte) counter});
            history.addEvidence(line, proof);
            store.setAside().put(line, earlier);
            boolean deleted = counter == 2;
            store.setAside().takeBack(deleted ? history.forget(line) : line, earlier);
            assertThat(history.evidence(line.id()).isPresent()).isEqualTo(!deleted);
        }
    }

    @Test
    void whatIsSetAsideIsKeptAndNotFound() throws Exception {
        StoredLine reaction = add(1, BOB, new Body.Reaction(reference(9), "k", false));
        history.setAside(reaction);
        assertThat(history.reactions(WITH_BOB.conversation(), reference(9), 10)).isEmpty();
        assertThat(history.find(reaction.id())).contains(reaction);
    }

    @Test
    void whatIsForgottenSaysNothingAndStaysWhereItWas() throws Exception {
        StoredLine text = add(1, BOB, new Body.Text("burn this"));
        history.addEvidence(text, new byte[] {1, 2, 3});
        StoredLine edit = add(2, BOB, new Body.Edit(reference(1), "burn that", List.of()));
        history.forget(text);
        history.forget(edit);
        StoredLine left = history.find(letter(1)).orElseThrow();
        assertThat(left.line().body()).isEmpty();
        assertThat(left.line().isForgotten()).isTrue();
        assertThat(history.evidence(text.id())).isEmpty();
        assertThat(shown()).containsExactly(text.id());
        // Also where it is written again, as one's own is when the relay has it.
        history.replace(letter(2), history.find(edit.id()).orElseThrow());
        assertThat(shown()).containsExactly(text.id());
    }

    /// Neither the database nor its write-ahead log has the octets of what was deleted.
    @Test
    void whatIsForgottenIsInNoFile() throws Exception {
        StoredLine text = add(1, BOB, new Body.Text("burn this"));
        history.addEvidence(text, "signed".getBytes(StandardCharsets.US_ASCII));
        List<byte[]> sealed = new ArrayList<>();
        sealed.add(sealedBody("message"));
        sealed.add(sealedBody("evidence"));
        assertThat(sealed).allMatch(this::isOnDisk);
        store.commit(() -> history.forget(text));
        store.scrub();
        assertThat(sealed).noneMatch(this::isOnDisk);
    }

    private byte[] sealedBody(String table) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + location().database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT body FROM " + table)) {
            assertThat(row.next()).isTrue();
            return row.getBytes(1);
        }
    }

    private boolean isOnDisk(byte[] octets) {
        String wanted = new String(octets, StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(location().directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatComesLateTakesThePlaceThatWasLeftForIt() throws Exception {
        StoredLine first = add(1, BOB, new Body.Text("one"));
        StoredLine note = history.add(
                        new Origin.Gap(DEVICE, CHAIN, 2), line(WITH_BOB, BOB, new Body.Text("3 are missing")), 3)
                .orElseThrow();
        StoredLine last = add(5, BOB, new Body.Text("five"));
        Missing missing = new Missing(note.id(), WITH_BOB, BOB, DEVICE, CHAIN, 2, 3, List.of(new Missing.Range(2, 3)));
        StoredLine third = insert(missing.place(3), 3);
        StoredLine second = insert(missing.place(2), 2);
        StoredLine fourth = insert(missing.place(4), 4);
        assertThat(shown()).containsExactly(first.id(), second.id(), third.id(), fourth.id(), note.id(), last.id());
        assertThat(history.insert(missing.place(2), letter(2), line(WITH_BOB, BOB, new Body.Text("again"))))
                .isEmpty();
        assertThat(insert(missing.place(2), 17).id()).isGreaterThan(last.id());
    }

    private StoredLine insert(long place, long counter) throws StoreException {
        return history.insert(place, letter(counter), line(WITH_BOB, BOB, new Body.Text("number " + counter)))
                .orElseThrow();
    }

    @Test
    void knowsWhatIsStillMissing() throws Exception {
        Missing missing = new Missing(40, WITH_BOB, BOB, DEVICE, CHAIN, 10, 5, List.of(new Missing.Range(10, 5)));
        store.missing().put(missing);
        assertThat(store.missing().find(40)).contains(missing);
        assertThat(store.missing().of(WITH_BOB, DEVICE, CHAIN)).containsExactly(missing);
        assertThat(missing.has(14)).isTrue();
        assertThat(missing.has(15)).isFalse();
        Missing fewer = missing.without(12);
        assertThat(fewer.ranges()).containsExactly(new Missing.Range(10, 2), new Missing.Range(13, 2));
        assertThat(fewer.count()).isEqualTo(4);
        assertThat(fewer.without(12)).isEqualTo(fewer);
        store.missing().put(fewer);
        assertThat(store.missing().of(WITH_BOB, DEVICE, CHAIN)).containsExactly(fewer);
        assertThat(fewer.has(12)).isFalse();
        Missing none = fewer.without(10).without(11).without(13).without(14);
        store.missing().put(none);
        assertThat(store.missing().find(40)).isEmpty();
        assertThat(store.missing().of(WITH_BOB, DEVICE, CHAIN)).isEmpty();
    }

    @Test
    void nobodyReadsBackwards() throws Exception {
        ReadMarks marks = store.readMarks();
        ConversationId id = WITH_BOB.conversation();
        assertThat(marks.raise(id, BOB, 5)).isTrue();
        assertThat(marks.raise(id, BOB, 4)).isFalse();
        assertThat(marks.raise(id, CAROL, 2)).isTrue();
        assertThat(marks.raise(id, BOB, 5)).isFalse();
        marks.forget();
        assertThat(marks.raise(id, BOB, 1)).isTrue();
    }

    @Test
    void keepsDraftsAndWhomOneDoesNotWantToHear() throws Exception {
        ConversationId id = WITH_BOB.conversation();
        store.drafts().put(id, "not yet");
        store.blocked().add(BOB);
        store.close();
        open();
        assertThat(store.drafts().of(id)).isEqualTo("not yet");
        assertThat(store.blocked().all()).containsExactly(BOB);
        assertThat(store.blocked().contains(BOB)).isTrue();
        store.drafts().put(id, "");
        store.blocked().remove(BOB);
        assertThat(store.drafts().of(id)).isEmpty();
        assertThat(store.blocked().contains(BOB)).isFalse();
    }
}
