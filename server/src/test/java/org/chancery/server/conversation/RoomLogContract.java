package org.chancery.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.record.SignedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.TranscriptHash;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.testing.Scribe;
import org.chancery.server.testing.Writing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every conversation log promises of rooms and of device chains.
public abstract class RoomLogContract {

    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final Address CAROL = new Address("carol@lab.example");

    /// Commits with somebody reading meanwhile.
    private static final int FOLLOWED = 60;

    private final TestPki pki = TestPki.create();
    private final Scribe scribe = new Scribe(pki);
    private final Identity alice = pki.client(ALICE.value());
    private final Identity bob = pki.client(BOB.value());
    private final Identity carol = pki.client(CAROL.value());
    private RoomBounds bounds = RoomBounds.DEFAULT;
    private ConversationLog log;
    private Membership room;

    /// Opens the log of this test, or makes it.
    protected abstract ConversationLog open(TestPki time) throws IOException;

    @BeforeEach
    void aliceHasARoom() throws Exception {
        log = open(pki);
        for (Identity person : List.of(alice, bob, carol)) {
            admit(person);
        }
        Amendment create = scribe.create(alice, 1);
        assertThat(appended(create).sequence()).isEqualTo(1);
        room = Membership.begin(create);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void admit(Identity person) throws Exception {
        log.admit(new KnownDevice(person.address(), Optional.of("N"), person.deviceId(), person.chain(), false));
    }

    private Verdict amend(Amendment amendment) throws Exception {
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        log.amend(amendment, bounds, answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    private Verdict append(Publication publication) throws Exception {
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        log.append(publication, answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    private Verdict.Appended appended(Amendment amendment) throws Exception {
        return appended(amend(amendment));
    }

    private static Verdict.Appended appended(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Appended.class);
        return (Verdict.Appended) verdict;
    }

    private static Verdict.Refused refused(Verdict verdict, ProtocolError error) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
        return (Verdict.Refused) verdict;
    }

    private Verdict.Appended does(Identity actor, Act act) throws Exception {
        return does(scribe.does(actor, room, act));
    }

    private Verdict.Appended does(Amendment amendment) throws Exception {
        Verdict.Appended appended = appended(amendment);
        room = Scribe.after(room, amendment);
        return appended;
    }

    private void joins(Identity person) throws Exception {
        does(alice, new Act.Invite(person.address(), Role.MEMBER));
        does(person, new Act.Accept());
    }

    private Writing writing(Identity from, Identity... readers) throws Exception {
        List<DeviceId> devices =
                List.of(readers).stream().map(Identity::deviceId).toList();
        return new Writing(from.address(), from.deviceId(), room, 1, devices);
    }

    private List<Long> entriesFor(Identity reader) throws IOException {
        return log
                .read(
                        reader.deviceId(),
                        room.room(),
                        log.cursor(reader.deviceId(), room.room()).acknowledged(),
                        1000)
                .entries()
                .stream()
                .map(StoredEntry::sequence)
                .toList();
    }

    private List<Long> lettersFor(Identity reader) throws IOException {
        return log.read(reader.deviceId(), room.room(), 0, 1000).letters().stream()
                .filter(letter -> letter.wrap().isPresent())
                .map(StoredLetter::sequence)
                .toList();
    }

    @Test
    void lettersAndEntriesHaveOneOrderAndOneTranscript() throws Exception {
        Amendment invitation = scribe.does(alice, room, new Act.Invite(BOB, Role.MEMBER));
        Verdict.Appended second = appended(invitation);
        room = Scribe.after(room, invitation);
        does(bob, new Act.Accept());
        Writing writing = writing(alice, bob);
        Verdict.Appended letter = appended(append(writing.publication(1, "a")));
        Verdict.Appended fifth = does(alice, new Act.Invite(CAROL, Role.MEMBER));

        assertThat(second.sequence()).isEqualTo(2);
        assertThat(letter.sequence()).isEqualTo(4);
        assertThat(fifth.transcript()).isEqualTo(TranscriptHash.next(letter.transcript(), 5, room.head()));
        assertThat(entriesFor(bob)).as("but for his own").containsExactly(2L, 5L);
        assertThat(lettersFor(bob)).containsExactly(4L);
    }

    /// Who follows while letters and entries are committed is given each place once, in order, whichever of the two
    /// it looks for first.
    @Test
    void whoFollowsIsGivenEveryPlace() throws Exception {
        joins(bob);
        AtomicBoolean over = new AtomicBoolean();
        FutureTask<List<Long>> following = new FutureTask<>(() -> follow(bob, 3, over));
        Thread.startVirtualThread(following);
        Writing writing = writing(alice, bob);
        for (int i = 1; i <= FOLLOWED; i++) {
            Act act = i % 2 == 1 ? new Act.Invite(CAROL, Role.MEMBER) : new Act.Remove(CAROL);
            Amendment amendment = scribe.does(alice, room, act);
            log.append(writing.seal(room, List.of(bob.deviceId())).publication(i, "a"), _ -> {});
            does(amendment);
        }
        over.set(true);
        assertThat(following.get(10, TimeUnit.SECONDS))
                .isEqualTo(LongStream.rangeClosed(4, 3 + 2 * FOLLOWED).boxed().toList());
    }

    /// The places that a reader is given, one after the other.
    private List<Long> follow(Identity reader, long after, AtomicBoolean over) throws IOException {
        List<Long> places = new ArrayList<>();
        long reached = after;
        boolean last = false;
        while (!last) {
            last = over.get(); // and once more after it
            Page page = log.read(reader.deviceId(), room.room(), reached, 64);
            List<Long> found = Stream.concat(
                            page.letters().stream().map(StoredLetter::sequence),
                            page.entries().stream().map(StoredEntry::sequence))
                    .sorted()
                    .toList();
            places.addAll(found);
            reached = found.isEmpty() ? reached : found.getLast();
            last &= !page.more();
        }
        return places;
    }

    /// Letters and entries that one commit takes, with the writer held until all of them wait: whoever reads while
    /// some of them have been answered, and the others are not yet, passes nothing over.
    @Test
    void whatIsCommittedTogetherIsReadInOrderWhileItIsAnswered() throws Exception {
        joins(bob);
        CountDownLatch held = new CountDownLatch(1);
        Writing writing = writing(alice, bob);
        log.append(writing.publication(1, "a"), _ -> await(held));
        Membership before = room;
        Amendment invitation = scribe.does(alice, before, new Act.Invite(CAROL, Role.MEMBER));
        Membership after = Scribe.after(before, invitation);
        List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        List<List<Long>> readMeanwhile = Collections.synchronizedList(new ArrayList<>());
        List<Boolean> hadWhatWasAnswered = Collections.synchronizedList(new ArrayList<>());
        Consumer<Verdict> reading = verdict -> {
            List<Long> places = placesBehind(bob, 3);
            readMeanwhile.add(places);
            hadWhatWasAnswered.add(
                    !(verdict instanceof Verdict.Appended appended) || places.contains(appended.sequence()));
        };
        log.append(writing.bare(2, "b"), reading.andThen(answer(verdicts)));
        log.amend(invitation, bounds, reading.andThen(answer(verdicts)));
        log.append(writing.bare(3, "late"), reading.andThen(answer(verdicts)));
        Writing anew = writing.seal(after, List.of(bob.deviceId()));
        log.append(anew.publication(3, "c"), reading.andThen(answer(verdicts)));
        log.append(anew.bare(4, "d"), reading.andThen(answer(verdicts)));
        held.countDown();

        assertThat(appended(get(verdicts, 0)).sequence()).isEqualTo(5);
        assertThat(appended(get(verdicts, 1)).sequence()).isEqualTo(6);
        assertThat(unknown(refused(get(verdicts, 2), ProtocolError.STALE_SEAL))).hasSize(1);
        assertThat(appended(get(verdicts, 3)).sequence()).isEqualTo(7);
        assertThat(appended(get(verdicts, 4)).sequence()).isEqualTo(8);
        List<Long> all = List.of(4L, 5L, 6L, 7L, 8L);
        assertThat(readMeanwhile)
                .hasSize(5)
                .allSatisfy(places -> assertThat(places).isEqualTo(all.subList(0, places.size())))
                .last()
                .isEqualTo(all);
        assertThat(hadWhatWasAnswered).as("readers are woken then").doesNotContain(false);
    }

    /// The records that a refusal names.
    private List<EncodedRecord> unknown(Verdict.Refused refused) throws IOException {
        Verdict.Unknown unknown = refused.unknown().orElseThrow();
        return log.record(unknown.room(), ALICE, unknown.after()).orElseThrow().entries().stream()
                .map(MembershipPlace::record)
                .toList();
    }

    private static Consumer<Verdict> answer(List<CompletableFuture<Verdict>> verdicts) {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        verdicts.add(verdict);
        return verdict::complete;
    }

    private static Verdict get(List<CompletableFuture<Verdict>> verdicts, int index) throws Exception {
        return verdicts.get(index).get(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch held) {
        try {
            assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What a reader who has come to a place is given, page by page.
    private List<Long> placesBehind(Identity reader, long after) {
        try {
            return follow(reader, after, new AtomicBoolean(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSameEntryAgainHasTheSamePlace() throws Exception {
        Amendment invitation = scribe.does(alice, room, new Act.Invite(BOB, Role.MEMBER));
        Verdict.Appended first = appended(invitation);
        room = Scribe.after(room, invitation);
        does(bob, new Act.Accept());
        assertThat(appended(invitation).sequence()).isEqualTo(first.sequence());
        assertThat(appended(invitation).transcript()).isEqualTo(first.transcript());
        assertThat(log.record(room.room(), ALICE, 0).orElseThrow().entries()).hasSize(3);
    }

    @Test
    void ofTwoEntriesAtOnceOneIsStaleAndLearnsOfTheOther() throws Exception {
        Amendment one = scribe.does(alice, room, new Act.Invite(BOB, Role.MEMBER));
        Amendment other = scribe.does(alice, room, new Act.Invite(CAROL, Role.MEMBER));
        appended(one);
        Verdict.Refused refused = refused(amend(other), ProtocolError.STALE);
        assertThat(unknown(refused)).containsExactly(one.record());
    }

    @Test
    void aStrangerLearnsNothing() throws Exception {
        Amendment late = scribe.does(bob, room, new Act.Leave());
        does(alice, new Act.Invite(CAROL, Role.MEMBER));
        assertThat(refused(amend(late), ProtocolError.NOT_A_MEMBER).unknown()).isEmpty();
        assertThat(log.record(room.room(), BOB, 0)).isEmpty();
        Membership nowhere = Membership.begin(scribe.create(bob, 2));
        refused(amend(scribe.does(bob, nowhere, new Act.Leave())), ProtocolError.NOT_A_MEMBER);
    }

    @Test
    void whatTheRulesForbidIsNotAllowed() throws Exception {
        joins(bob);
        refused(amend(scribe.does(bob, room, new Act.Remove(ALICE))), ProtocolError.NOT_ALLOWED);
        refused(amend(scribe.does(alice, room, new Act.Accept())), ProtocolError.NOT_ALLOWED);
        refused(amend(scribe.does(alice, room, new Act.Leave())), ProtocolError.NOT_ALLOWED);
        assertThat(entriesFor(alice)).as("nothing was appended").containsExactly(3L);
    }

    @Test
    void anEntrySignedAtAnotherTimeIsRefused() throws Exception {
        for (Duration off : List.of(Duration.ofMinutes(6), Duration.ofMinutes(-6))) {
            SignedRecord late = RecordSigner.sign(
                    alice,
                    ContentPurpose.MEMBERSHIP,
                    room.next(new Act.Invite(BOB, Role.MEMBER)).encode(),
                    pki.now().plus(off));
            refused(amend(scribe.amendment(late, alice)), ProtocolError.OUT_OF_TIME);
        }
    }

    @Test
    void aLetterUnderAnOutdatedSealIsToldWhatChanged() throws Exception {
        joins(bob);
        Writing writing = writing(alice, bob);
        appended(append(writing.publication(1, "a")));
        joins(carol);
        Verdict.Refused known = refused(append(writing.bare(2, "b")), ProtocolError.STALE_SEAL);
        assertThat(unknown(known)).hasSize(2);
        assertThat(unknown(known).getLast())
                .isEqualTo(log.record(room.room(), ALICE, 0)
                        .orElseThrow()
                        .entries()
                        .getLast()
                        .record());
        refused(append(writing.publication(2, "b")), ProtocolError.STALE_SEAL);
        appended(append(
                writing.seal(room, List.of(bob.deviceId(), carol.deviceId())).publication(2, "b")));
    }

    /// Cached or not: what has been current is judged anew once anything changes.
    @Test
    void aSealIsCurrentUntilSomethingChanges() throws Exception {
        joins(bob);
        Writing writing = writing(alice, bob);
        appended(append(writing.publication(1, "a")));
        appended(append(writing.bare(2, "b")));
        Identity second = pki.client(BOB.value());
        admit(second);
        refused(append(writing.bare(3, "c")), ProtocolError.STALE_SEAL);
        appended(append(
                writing.seal(room, List.of(bob.deviceId(), second.deviceId())).publication(3, "c")));
        log.revoke(List.of(second.deviceId()));
        refused(append(writing.bare(4, "d")), ProtocolError.STALE_SEAL);
        appended(append(writing.seal(room, List.of(bob.deviceId())).publication(4, "d")));
        does(alice, new Act.Invite(CAROL, Role.MEMBER));
        refused(append(writing.bare(5, "e")), ProtocolError.STALE_SEAL);
        log.revoke(List.of(alice.deviceId()));
        refused(append(writing.seal(room, List.of(bob.deviceId())).publication(5, "e")), ProtocolError.NOT_AUTHORISED);
    }

    @Test
    void aGhostMemberIsRefused() throws Exception {
        joins(bob);
        Writing writing = writing(alice, bob, carol);
        refused(append(writing.publication(1, "a")), ProtocolError.STALE_SEAL);
        assertThat(log.behind(carol.deviceId())).isEmpty();
    }

    @Test
    void whoIsOnlyInvitedNeitherWritesNorReadsLetters() throws Exception {
        joins(bob);
        does(alice, new Act.Invite(CAROL, Role.MEMBER));
        refused(append(writing(carol, alice, bob).publication(1, "a")), ProtocolError.NOT_A_MEMBER);
        refused(append(writing(alice, bob, carol).publication(1, "a")), ProtocolError.STALE_SEAL);
        appended(append(writing(alice, bob).publication(1, "a")));
        assertThat(lettersFor(carol)).isEmpty();
        assertThat(entriesFor(carol)).containsExactly(4L);
    }

    @Test
    void whoIsRemovedGetsThatAndNothingAfter() throws Exception {
        joins(bob);
        joins(carol);
        Writing writing = writing(alice, bob, carol);
        appended(append(writing.publication(1, "a")));
        Verdict.Appended removal = does(alice, new Act.Remove(BOB));
        assertThat(removal.readers()).containsExactlyInAnyOrder(bob.deviceId(), carol.deviceId());
        Verdict.Appended later =
                appended(append(writing.seal(room, List.of(carol.deviceId())).publication(2, "b")));
        assertThat(does(alice, new Act.Invite(new Address("dave@lab.example"), Role.MEMBER))
                        .readers())
                .containsExactly(carol.deviceId());

        assertThat(entriesFor(bob).getLast()).isEqualTo(removal.sequence());
        assertThat(lettersFor(bob)).containsExactly(6L);
        assertThat(lettersFor(carol)).contains(later.sequence());
        refused(append(writing(bob, alice, carol).publication(1, "x")), ProtocolError.NOT_A_MEMBER);
        log.acknowledge(bob.deviceId(), room.room(), removal.sequence());
        commit();
        assertThat(log.behind(bob.deviceId())).isEmpty();
        assertThat(log.record(room.room(), BOB, 0).orElseThrow().entries())
                .as("the record of the time when they were there")
                .last()
                .matches(place -> place.sequence() == removal.sequence());
        assertThat(log.record(room.room(), BOB, removal.sequence())
                        .orElseThrow()
                        .entries())
                .isEmpty();
    }

    /// What is acknowledged is durable with the next commit.
    private void commit() throws Exception {
        log.revoke(List.of());
    }

    @Test
    void whoComesBackLosesNothingOfTheTimeBefore() throws Exception {
        joins(bob);
        Writing writing = writing(alice, bob);
        appended(append(writing.publication(1, "a")));
        does(alice, new Act.Remove(BOB));
        does(alice, new Act.Invite(BOB, Role.MEMBER));
        assertThat(log.behind(bob.deviceId())).containsExactly(new Cursor(room.room(), 1));
        assertThat(lettersFor(bob)).containsExactly(4L);
        assertThat(entriesFor(bob)).containsExactly(2L, 5L, 6L);
        log.acknowledge(bob.deviceId(), room.room(), 6);
        does(bob, new Act.Accept());
        does(bob, new Act.Leave());
        log.acknowledge(bob.deviceId(), room.room(), 8);
        does(alice, new Act.Invite(CAROL, Role.MEMBER));
        does(alice, new Act.Invite(BOB, Role.MEMBER));
        assertThat(log.behind(bob.deviceId())).as("from the invitation on").containsExactly(new Cursor(room.room(), 9));
    }

    @Test
    void aMemberIsAdmittedWhereItIsInvited() throws Exception {
        joins(bob);
        appended(append(writing(alice, bob).publication(1, "a")));
        does(alice, new Act.Invite(CAROL, Role.MEMBER));
        assertThat(log.behind(carol.deviceId())).containsExactly(new Cursor(room.room(), 4));
        assertThat(log.record(room.room(), CAROL, 0).orElseThrow().entries())
                .extracting(MembershipPlace::sequence)
                .as("and may see who is there")
                .containsExactly(1L, 2L, 3L, 5L);
    }

    @Test
    void aNewDeviceReadsWhatItsOwnersRoomsHoldFromNowOn() throws Exception {
        joins(bob);
        does(alice, new Act.Invite(CAROL, Role.MEMBER));
        Identity second = pki.client(BOB.value());
        Identity carols = pki.client(CAROL.value());
        admit(second);
        admit(carols);
        assertThat(log.behind(second.deviceId())).isEmpty();
        assertThat(log.behind(carols.deviceId())).as("the invitation").containsExactly(new Cursor(room.room(), 3));
        does(carol, new Act.Accept());
        assertThat(entriesFor(second)).containsExactly(5L);
        assertThat(entriesFor(carols)).containsExactly(4L, 5L);
    }

    @Test
    void aMemberThatNobodyCanReachKeepsNobodyFromWriting() throws Exception {
        joins(bob);
        joins(carol);
        log.revoke(List.of(bob.deviceId()));
        appended(append(writing(alice, carol).publication(1, "a")));
    }

    @Test
    void roomsMembersAndInvitationsAreCounted() throws Exception {
        bounds = new RoomBounds(2, 2, 1);
        appended(scribe.create(alice, 2));
        refused(amend(scribe.create(alice, 3)), ProtocolError.TOO_MANY);
        does(alice, new Act.Invite(BOB, Role.MEMBER));
        refused(amend(scribe.does(alice, room, new Act.Invite(CAROL, Role.MEMBER))), ProtocolError.TOO_MANY);
        Membership bobs = begun(bob);
        Amendment another = scribe.does(bob, bobs, new Act.Invite(CAROL, Role.MEMBER));
        appended(another);
        Membership carols = begun(carol);
        refused(amend(scribe.does(carol, carols, new Act.Invite(BOB, Role.MEMBER))), ProtocolError.TOO_MANY);
        begun(bob);
        refused(amend(scribe.does(bob, room, new Act.Accept())), ProtocolError.TOO_MANY);
    }

    private Membership begun(Identity owner) throws Exception {
        Amendment create = scribe.create(owner, 9);
        appended(create);
        return Membership.begin(create);
    }

    @Test
    void aRecordIsGivenOutInParts() throws Exception {
        bounds = new RoomBounds(10, 1024, 1024);
        for (int i = 0; i < 200; i++) {
            does(alice, new Act.Invite(new Address("p" + i + "@lab.example"), Role.MEMBER));
        }
        List<MembershipPlace> all = new ArrayList<>();
        RoomRecord part = log.record(room.room(), ALICE, 0).orElseThrow();
        assertThat(part.more()).isTrue();
        while (part.more()) {
            all.addAll(part.entries());
            part = log.record(room.room(), ALICE, all.getLast().sequence()).orElseThrow();
        }
        all.addAll(part.entries());
        assertThat(all).extracting(MembershipPlace::sequence).hasSize(201).isSorted();
    }

    @Test
    void readsEntriesAndLettersInPages() throws Exception {
        joins(bob);
        Writing writing = writing(alice, bob);
        appended(append(writing.publication(1, "a")));
        for (int i = 0; i < 5; i++) {
            does(alice, new Act.Invite(new Address("p" + i + "@lab.example"), Role.MEMBER));
            appended(append(writing.seal(room, List.of(bob.deviceId())).publication(2 + i, "x")));
        }
        List<Long> seen = new ArrayList<>();
        long after = 1;
        Page page;
        do {
            page = log.read(bob.deviceId(), room.room(), after, 2);
            List<Long> places = new ArrayList<>();
            page.letters().forEach(letter -> places.add(letter.sequence()));
            page.entries().forEach(entry -> places.add(entry.sequence()));
            Collections.sort(places);
            seen.addAll(places);
            after = places.isEmpty() ? after : places.getLast();
        } while (page.more());
        assertThat(seen).containsExactly(2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L);
    }

    /// Entries of several owners at once, each made from a state that may be old: whatever is appended,
    /// everybody who replays it comes to what the log says.
    @Test
    void whateverIsAppendedReplays() throws Exception {
        Random random = new Random(7);
        List<Identity> people = List.of(alice, bob, carol);
        List<Amendment> appended = new ArrayList<>();
        Membership known = room;
        for (int i = 0; i < 300; i++) {
            Identity actor = people.get(random.nextInt(3));
            Address other = people.get(random.nextInt(3)).address();
            Act act = switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> new Act.Invite(other, random.nextBoolean() ? Role.OWNER : Role.MEMBER);
                case 4, 5, 6, 7, 8 -> new Act.Accept();
                case 9 -> actor.equals(alice) ? new Act.Accept() : new Act.Leave();
                default -> new Act.Remove(other);
            };
            Amendment amendment = scribe.does(actor, known, act);
            if (amend(amendment) instanceof Verdict.Appended) {
                appended.add(amendment);
            }
            if (random.nextInt(3) > 0) {
                known = room;
                for (Amendment taken : appended) {
                    known = Scribe.after(known, taken);
                }
            }
        }
        assertThat(appended).hasSizeGreaterThan(5);
        for (Amendment taken : appended) {
            room = Scribe.after(room, taken);
        }
        Address asker = room.members().firstKey();
        List<EncodedRecord> record = new ArrayList<>();
        RoomRecord part = log.record(room.room(), asker, 1).orElseThrow();
        part.entries().forEach(entry -> record.add(entry.record()));
        assertThat(record)
                .containsExactlyElementsOf(
                        appended.stream().map(Amendment::record).toList());
    }

    // Device chains

    private DeviceVerdict enter(DeviceStatement statement) throws Exception {
        CompletableFuture<DeviceVerdict> answer = new CompletableFuture<>();
        log.enter(statement, answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    private void assertRefused(DeviceStatement statement, ProtocolError error) throws Exception {
        assertThat(enter(statement))
                .isInstanceOfSatisfying(
                        DeviceVerdict.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
    }

    private DeviceChain chainOf(Identity device) throws Exception {
        DeviceStatement first = scribe.statement(DeviceChain.first(device.address(), device.deviceId()), device);
        assertThat(enter(first)).isEqualTo(new DeviceVerdict.Entered(1, Optional.empty()));
        assertThat(enter(first)).as("again").isEqualTo(new DeviceVerdict.Entered(1, Optional.empty()));
        return DeviceChain.begin(first);
    }

    @Test
    void keepsADeviceChain() throws Exception {
        DeviceChain chain = chainOf(alice);
        Identity phone = pki.client(ALICE.value());
        DeviceStatement add = scribe.statement(chain.next(new DeviceEntry.Act.Add(phone.deviceId())), alice, phone);
        assertThat(enter(add)).isEqualTo(new DeviceVerdict.Entered(2, Optional.empty()));
        chain = chain.apply(add);
        DeviceStatement end = scribe.statement(chain.next(new DeviceEntry.Act.End(phone.deviceId())), alice);
        assertThat(enter(end)).isEqualTo(new DeviceVerdict.Entered(3, Optional.of(phone.deviceId())));
        assertThat(log.deviceChain(ALICE)).hasSize(3).last().isEqualTo(end.record());
        assertThat(log.deviceChain(BOB)).isEmpty();
        assertRefused(add(chain, alice, pki.client(ALICE.value())), ProtocolError.STALE);
    }

    private DeviceStatement add(DeviceChain chain, Identity by, Identity device) throws Exception {
        return scribe.statement(chain.next(new DeviceEntry.Act.Add(device.deviceId())), by, device);
    }

    @Test
    void aSecondCertificateBeginsNoOtherChain() throws Exception {
        chainOf(alice);
        Identity ghost = pki.client(ALICE.value());
        DeviceStatement anew = scribe.statement(DeviceChain.first(ALICE, ghost.deviceId()), ghost);
        assertRefused(anew, ProtocolError.NOT_ALLOWED);
        log.revoke(List.of(alice.deviceId()));
        assertThat(enter(anew)).as("nobody is left who could sign").isInstanceOf(DeviceVerdict.Entered.class);
        assertThat(log.deviceChain(ALICE)).containsExactly(anew.record());
    }

    @Test
    void anEndedDeviceIsDeafAndDumb() throws Exception {
        DeviceChain chain = chainOf(bob);
        Identity phone = pki.client(BOB.value());
        admit(phone);
        DeviceStatement added = add(chain, bob, phone);
        enter(added);
        chain = chain.apply(added);
        Writing toBoth = new Writing(ALICE, alice.deviceId(), BOB, 1, List.of(bob.deviceId()))
                .knowing(Map.of(BOB, chain.head()))
                .seal(List.of(bob.deviceId(), phone.deviceId()));
        appended(append(toBoth.publication(1, "a")));
        DeviceStatement end = scribe.statement(chain.next(new DeviceEntry.Act.End(phone.deviceId())), bob);
        enter(end);

        refused(append(toBoth.bare(2, "b")), ProtocolError.STALE_SEAL);
        refused(append(toBoth.seal(List.of(bob.deviceId())).publication(2, "b")), ProtocolError.STALE_SEAL);
        appended(append(toBoth.knowing(Map.of(BOB, end.hash()))
                .seal(List.of(bob.deviceId()))
                .publication(2, "b")));
        Writing from = new Writing(BOB, phone.deviceId(), ALICE, 2, List.of(alice.deviceId(), bob.deviceId()));
        refused(append(from.publication(1, "c")), ProtocolError.NOT_AUTHORISED);
        assertThatThrownBy(() -> admit(phone)).isInstanceOf(DeviceRefusedException.class);
        assertThat(log.device(phone.deviceId()).map(KnownDevice::revoked)).contains(true);
        log.revoke(List.of(bob.deviceId()));
        DeviceStatement back = scribe.statement(DeviceChain.first(BOB, phone.deviceId()), phone);
        assertRefused(back, ProtocolError.NOT_ALLOWED);
    }

    @Test
    void aDeviceEndedBeforeItEverCameIsNotLetIn() throws Exception {
        DeviceChain chain = chainOf(bob);
        Identity phone = pki.client(BOB.value());
        DeviceStatement added = add(chain, bob, phone);
        enter(added);
        enter(scribe.statement(chain.apply(added).next(new DeviceEntry.Act.End(phone.deviceId())), bob));
        assertThatThrownBy(() -> admit(phone)).isInstanceOf(DeviceRefusedException.class);
    }
}
