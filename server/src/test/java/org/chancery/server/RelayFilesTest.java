package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.chancery.server.testing.Scribe;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files as clients send and fetch them.
@Timeout(60)
final class RelayFilesTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId BETWEEN = ConversationId.direct(ALICE, BOB);
    private static final FileId FILE = FileId.ofBytes(new byte[16]);
    private static final int MIB = 1 << 20;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE.value());
    private final Identity bob = pki.client(BOB.value());

    @TempDir
    Path directory;

    private TestClient sender;
    private TestClient reader;

    private TestRelay relay;

    @BeforeEach
    void start() throws Exception {
        relay = TestRelay.start(pki, directory);
        reader = relay.greeted(bob);
        sender = relay.greeted(alice);
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
    }

    @Test
    void whoBelongsToTheConversationFetchesWhatWasUploaded() throws Exception {
        byte[] octets = octets(3 * MIB + 5);
        upload(octets);
        talk();

        assertThat(fetch(reader, octets.length)).isEqualTo(octets);
        assertThat(fetch(sender, octets.length)).isEqualTo(octets);
        assertThat(relay.sample("chancery_files")).isEqualTo(1);
        assertThat(relay.sample("chancery_file_bytes")).isEqualTo(octets.length + 512);
        assertThat(relay.sample("chancery_files_stored_total")).isEqualTo(1);
    }

    /// And before there is a conversation nobody does.
    @Test
    @Defends(Threat.FILE_FOR_STRANGERS)
    void refusesWhoDoesNotBelongToTheConversation() throws Exception {
        TestClient stranger = relay.greeted(pki.client("carol@lab.example"));
        upload(octets(100));
        stranger.say(new Frame.FileQuery(7, FILE, 0, 100));
        assertRefused(stranger, 7, ProtocolError.NOT_A_MEMBER);
        reader.say(new Frame.FileQuery(7, FILE, 0, 100));
        assertRefused(reader, 7, ProtocolError.NOT_A_MEMBER);
        talk();
        stranger.say(new Frame.FileQuery(8, FILE, 0, 100));
        assertRefused(stranger, 8, ProtocolError.NOT_A_MEMBER);
        stranger.say(new Frame.BeginUpload(9, FileId.ofBytes(filled(2)), BETWEEN, Optional.of(BOB), 100));
        assertRefused(stranger, 9, ProtocolError.NOT_A_MEMBER);
        stranger.say(new Frame.DeleteFile(10, FILE));
        assertRefused(stranger, 10, ProtocolError.NOT_AUTHORISED);
    }

    /// At the time of each question: half a file is all that is left.
    @Test
    @Defends(Threat.FILE_FOR_STRANGERS)
    void whoIsRemovedFetchesNothingMore() throws Exception {
        Scribe scribe = new Scribe(pki);
        SignedRecord create = sender.submit(1, new MembershipEntry.Create(filled(3, 32)));
        sender.expect(Frame.MembershipAccepted.class);
        Membership room = Membership.begin(scribe.amendment(create, alice));
        room = does(sender, room, new Act.Invite(BOB, Role.MEMBER));
        room = does(reader, room, new Act.Accept());
        reader.say(new Frame.BeginUpload(2, FILE, room.room(), Optional.empty(), 3L * MIB));
        reader.expect(Frame.UploadCommitted.class);
        part(reader, 2, octets(3 * MIB), 0);
        reader.expect(Frame.UploadCommitted.class, committed -> committed.offset() == 3L * MIB);
        reader.say(new Frame.FileQuery(3, FILE, 0, MIB));
        reader.expect(Frame.FilePart.class);

        does(sender, room, new Act.Remove(BOB));

        reader.say(new Frame.FileQuery(4, FILE, MIB, MIB));
        assertRefused(reader, 4, ProtocolError.NOT_A_MEMBER);
        reader.say(new Frame.BeginUpload(5, FileId.ofBytes(filled(6)), room.room(), Optional.empty(), 100));
        assertRefused(reader, 5, ProtocolError.NOT_A_MEMBER);
        sender.say(new Frame.FileQuery(6, FILE, MIB, MIB));
        sender.expect(Frame.FilePart.class);
    }

    private Membership does(TestClient actor, Membership room, Act act) throws Exception {
        SignedRecord entry = actor.submit(100, room.next(act));
        actor.expect(Frame.MembershipAccepted.class, accepted -> accepted.id() == 100);
        return Scribe.after(room, new Scribe(pki).amendment(entry, actor.identity()));
    }

    @Test
    void goesOnWhereTheLastConnectionEnded() throws Exception {
        byte[] octets = octets(4 * MIB);
        begin(1, octets.length);
        part(1, Arrays.copyOf(octets, 2 * MIB + 9), 0);
        sender.expect(Frame.UploadCommitted.class, committed -> committed.offset() >= 2 * MIB);
        sender.close();
        sender = relay.greeted(alice);
        long from = begin(1, octets.length);
        assertThat(from).isGreaterThanOrEqualTo(2 * MIB).isLessThan(octets.length);
        part(1, octets, (int) from);
        sender.expect(Frame.UploadCommitted.class, committed -> committed.offset() == octets.length);
        talk();
        assertThat(fetch(reader, octets.length)).isEqualTo(octets);
    }

    @Test
    void refusesPartsThatDoNotJoinOnAndAllAfterThem() throws Exception {
        begin(1, 100);
        sender.say(new Frame.UploadPart(1, 5, ByteBuffer.wrap(new byte[10])));
        assertRefused(sender, 1, ProtocolError.OFFSET_MISMATCH);
        sender.say(new Frame.UploadPart(1, 0, ByteBuffer.wrap(new byte[10])));
        assertRefused(sender, 1, ProtocolError.OFFSET_MISMATCH);
        assertThat(begin(2, 100)).isZero();
        assertThat(relay.sample("chancery_requests_refused_total{error=\"offset_mismatch\"}"))
                .isEqualTo(2);
    }

    @Test
    void refusesWhatIsNotThere() throws Exception {
        talk();
        reader.say(new Frame.FileQuery(1, FILE, 0, 100));
        assertRefused(reader, 1, ProtocolError.NO_SUCH_FILE);
        begin(1, 100);
        part(1, new byte[50], 0);
        reader.say(new Frame.FileQuery(2, FILE, 0, 100));
        assertRefused(reader, 2, ProtocolError.NO_SUCH_FILE);
        part(1, new byte[100], 50);
        sender.expect(Frame.UploadCommitted.class);
        reader.say(new Frame.FileQuery(3, FILE, 100, 1));
        assertRefused(reader, 3, ProtocolError.OFFSET_MISMATCH);
        sender.say(new Frame.DeleteFile(4, FILE));
        assertThat(sender.expect(Frame.FileDeleted.class).id()).isEqualTo(4);
        reader.say(new Frame.FileQuery(5, FILE, 0, 100));
        assertRefused(reader, 5, ProtocolError.NO_SUCH_FILE);
        assertThat(relay.sample("chancery_files_removed_total{reason=\"deleted\"}"))
                .isEqualTo(1);
    }

    @Test
    void boundsUploadsAndQuestionsOfADevice() throws Exception {
        for (int i = 1; i <= 4; i++) {
            sender.say(new Frame.BeginUpload(i, FileId.ofBytes(filled(i)), BETWEEN, Optional.of(BOB), 100));
            sender.expect(Frame.UploadCommitted.class);
        }
        sender.say(new Frame.BeginUpload(5, FileId.ofBytes(filled(5)), BETWEEN, Optional.of(BOB), 100));
        assertRefused(sender, 5, ProtocolError.TOO_MANY);
        for (int i = 0; i < 400; i++) {
            reader.say(new Frame.FileQuery(1000 + i, FILE, 0, 1));
        }
        Frame.Refused refused = reader.expect(Frame.Refused.class, answer -> answer.error() == ProtocolError.TOO_MANY);
        assertThat(refused.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isPositive().isLessThan(Duration.ofSeconds(1)));
    }

    /// What nobody reads is read from the disk when somebody does: there is more of it than the sockets between hold.
    @Test
    void lettersGoBeforeFiles() throws Exception {
        byte[] octets = octets(24 * MIB);
        upload(octets);
        talk();
        for (int i = 0; i < 24; i++) {
            reader.say(new Frame.FileQuery(i, FILE, (long) i * MIB, MIB));
        }
        reader.expect(Frame.FilePart.class);
        sender.line(BOB, bob).send("in between");
        reader.expect(Frame.Deliver.class, letter -> letter.sequence() == 2);
        long before = reader.unasked().stream()
                .filter(Frame.FilePart.class::isInstance)
                .count();
        assertThat(before).as("parts before the letter").isLessThan(24L * MIB / 65_000 - 10);
    }

    private void talk() throws Exception {
        sender.line(BOB, bob).send("it is there");
        sender.expect(Frame.Published.class);
        reader.expect(Frame.Deliver.class);
    }

    private long begin(long id, long length) throws Exception {
        sender.say(new Frame.BeginUpload(id, FILE, BETWEEN, Optional.of(BOB), length));
        return sender.expect(Frame.UploadCommitted.class).offset();
    }

    private void part(long id, byte[] octets, int from) throws Exception {
        part(sender, id, octets, from);
    }

    private static void part(TestClient client, long id, byte[] octets, int from) throws Exception {
        for (int at = from; at < octets.length; at += MIB / 4) {
            int count = Math.min(MIB / 4, octets.length - at);
            client.say(new Frame.UploadPart(id, at, ByteBuffer.wrap(octets, at, count)));
        }
    }

    private void upload(byte[] octets) throws Exception {
        assertThat(begin(1, octets.length)).isZero();
        part(1, octets, 0);
        sender.expect(Frame.UploadCommitted.class, committed -> committed.offset() == octets.length);
    }

    private static byte[] fetch(TestClient client, int length) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(length);
        for (int from = 0; from < length; from += MIB) {
            client.say(new Frame.FileQuery(from, FILE, from, MIB));
            while (all.position() < Math.min(length, from + MIB)) {
                Frame.FilePart part = client.expect(Frame.FilePart.class);
                assertThat(part.id()).isEqualTo(from);
                assertThat(part.offset()).isEqualTo(all.position());
                all.put(part.octets());
            }
        }
        return all.array();
    }

    private static void assertRefused(TestClient client, long id, ProtocolError error) throws Exception {
        Frame.Refused refused = client.expect(Frame.Refused.class);
        assertThat(refused.error()).isEqualTo(error);
        assertThat(refused.queryId()).contains(id);
    }

    private static byte[] filled(int value) {
        return filled(value, 16);
    }

    private static byte[] filled(int value, int count) {
        byte[] octets = new byte[count];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        new Random(count).nextBytes(octets);
        return octets;
    }
}
