package org.chancery.server.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.TranscriptHash;
import org.chancery.server.testing.Writing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every conversation log promises.
public abstract class ConversationLogContract {

    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final Address CAROL = new Address("carol@lab.example");

    private final TestPki pki = TestPki.create();
    private final KnownDevice alice = device(ALICE);
    private final KnownDevice bob = device(BOB);
    private final KnownDevice carol = device(CAROL);
    private ConversationLog log;

    /// Opens the log of this test, or makes it.
    protected abstract ConversationLog open() throws IOException;

    /// The time the log stamps with.
    protected final TestPki pki() {
        return pki;
    }

    @BeforeEach
    void openLog() throws Exception {
        log = open();
        log.admit(alice);
        log.admit(bob);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void reopen() throws IOException {
        log.close();
        log = open();
    }

    private KnownDevice device(Address address) {
        Identity identity = pki.client(address.value());
        return new KnownDevice(address, Optional.of("N"), identity.deviceId(), identity.chain(), false);
    }

    private Writing fromAlice() {
        return new Writing(ALICE, alice.id(), BOB, 1, List.of(bob.id()));
    }

    private Verdict append(Publication publication) throws Exception {
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        log.append(publication, answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    private Verdict.Appended appended(Publication publication) throws Exception {
        Verdict verdict = append(publication);
        assertThat(verdict).isInstanceOf(Verdict.Appended.class);
        return (Verdict.Appended) verdict;
    }

    private void assertRefused(Publication publication, ProtocolError error) throws Exception {
        assertThat(append(publication))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
    }

    private List<StoredLetter> lettersFor(KnownDevice reader, Writing writing) throws IOException {
        return log.read(reader.id(), writing.conversation(), 0, 1000).letters();
    }

    @Test
    void numbersLettersInOrderFromOne() throws Exception {
        Writing writing = fromAlice();
        assertThat(appended(writing.publication(1, "a")).sequence()).isEqualTo(1);
        assertThat(appended(writing.bare(2, "b")).sequence()).isEqualTo(2);
        assertThat(lettersFor(bob, writing))
                .extracting(StoredLetter::sequence, StoredLetter::from)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(1L, ALICE),
                        org.assertj.core.api.Assertions.tuple(2L, ALICE));
    }

    @Test
    void keepsTheOrderOfWhatIsPublishedTogether() throws Exception {
        Writing writing = fromAlice();
        List<CompletableFuture<Verdict>> answers = new ArrayList<>();
        for (int counter = 1; counter <= 300; counter++) {
            CompletableFuture<Verdict> answer = new CompletableFuture<>();
            answers.add(answer);
            log.append(counter == 1 ? writing.publication(1, "x") : writing.bare(counter, "x"), answer::complete);
        }
        for (int i = 0; i < answers.size(); i++) {
            Verdict verdict = answers.get(i).get(10, TimeUnit.SECONDS);
            long sequence = i + 1L;
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Appended.class,
                            a -> assertThat(a.sequence()).isEqualTo(sequence));
        }
    }

    @Test
    void takesNoSealButTheLettersOwn() throws Exception {
        log.admit(carol);
        Writing writing = fromAlice();
        appended(writing.publication(1, "a"));
        Seal forAStranger = fromAlice().seal(List.of(bob.id(), carol.id())).seal();
        Publication known = new Publication(ALICE, writing.letter(2, "b"), Optional.of(forAStranger), Optional.of(BOB));
        assertRefused(known, ProtocolError.UNKNOWN_SEAL);
        Writing another = new Writing(ALICE, alice.id(), BOB, 2, List.of(alice.id(), bob.id()));
        Publication unknown =
                new Publication(ALICE, another.letter(1, "c"), Optional.of(writing.seal()), Optional.of(BOB));
        assertRefused(unknown, ProtocolError.UNKNOWN_SEAL);
        assertThat(log.behind(carol.id())).as("conversations of others").isEmpty();
    }

    @Test
    void answersARetryAsTheFirstTime() throws Exception {
        Writing writing = fromAlice();
        Verdict.Appended first = appended(writing.publication(1, "a"));
        appended(writing.bare(2, "b"));
        Verdict.Appended again = appended(writing.publication(1, "a"));
        assertThat(again.sequence()).isEqualTo(first.sequence());
        assertThat(again.transcript()).isEqualTo(first.transcript());
        assertThat(lettersFor(bob, writing)).hasSize(2);
    }

    @Test
    void answersARetryAfterReopening() throws Exception {
        Writing writing = fromAlice();
        Verdict.Appended first = appended(writing.publication(1, "a"));
        reopen();
        assertThat(appended(writing.publication(1, "a")).transcript()).isEqualTo(first.transcript());
        assertThat(lettersFor(bob, writing)).hasSize(1);
    }

    @Test
    void refusesAnotherLetterUnderAUsedCounter() throws Exception {
        Writing writing = fromAlice();
        appended(writing.publication(1, "a"));
        assertRefused(writing.publication(1, "something else"), ProtocolError.COUNTER_OUT_OF_ORDER);
    }

    @Test
    void refusesACounterWithAGap() throws Exception {
        Writing writing = fromAlice();
        appended(writing.publication(1, "a"));
        assertRefused(writing.bare(3, "c"), ProtocolError.COUNTER_OUT_OF_ORDER);
        assertThat(appended(writing.bare(2, "b")).sequence()).isEqualTo(2);
    }

    @Test
    void refusesAChainThatDoesNotBeginAtOne() throws Exception {
        assertRefused(fromAlice().publication(2, "a"), ProtocolError.COUNTER_OUT_OF_ORDER);
    }

    @Test
    void bindsAChainToOneConversation() throws Exception {
        log.admit(carol);
        appended(fromAlice().publication(1, "a"));
        Writing elsewhere = new Writing(ALICE, alice.id(), CAROL, 1, List.of(carol.id()));
        assertRefused(elsewhere.publication(2, "b"), ProtocolError.NOT_AUTHORISED);
    }

    @Test
    void hashesTheTranscriptAsDefined() throws Exception {
        Writing writing = fromAlice();
        Digest first =
                TranscriptHash.next(Digest.NONE, 1, writing.letter(1, "a").hash());
        Digest second = TranscriptHash.next(first, 2, writing.letter(2, "b").hash());
        assertThat(appended(writing.publication(1, "a")).transcript()).isEqualTo(first);
        assertThat(appended(writing.bare(2, "b")).transcript()).isEqualTo(second);
        assertThat(lettersFor(bob, writing).getLast().transcript()).isEqualTo(second);
    }

    @Test
    void continuesWhereItWasAfterReopening() throws Exception {
        Writing writing = fromAlice();
        Verdict.Appended first = appended(writing.publication(1, "a"));
        String incarnation = log.incarnation();
        reopen();
        assertThat(log.incarnation()).isEqualTo(incarnation);
        Verdict.Appended second = appended(writing.bare(2, "b"));
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.transcript())
                .isEqualTo(TranscriptHash.next(
                        first.transcript(), 2, writing.letter(2, "b").hash()));
    }

    @Test
    void aNewLogHasAnotherIncarnation() {
        assertThat(log.incarnation()).matches("[0-9a-f]{32}");
    }

    @Test
    void handsOutLettersBitByBitWithTheReadersWrap() throws Exception {
        Writing writing = fromAlice();
        appended(writing.publication(1, "a"));
        StoredLetter stored = lettersFor(bob, writing).getFirst();
        assertThat(stored.letter().der()).isEqualTo(writing.letter(1, "a").der());
        assertThat(stored.wrap()).contains(writing.seal().wraps().getFirst());
        assertThat(stored.acceptedAt()).isEqualTo(pki.now());
    }

    @Test
    void hasNoWrapForTheSenderAndForStrangers() throws Exception {
        Writing writing = fromAlice().seal(List.of(alice.id(), bob.id()));
        log.admit(carol);
        assertThat(appended(writing.publication(1, "a")).readers()).containsExactly(bob.id());
        assertThat(lettersFor(alice, writing).getFirst().wrap()).isEmpty();
        assertThat(lettersFor(carol, writing).getFirst().wrap()).isEmpty();
    }

    @Test
    void cursorMovesForwardOnlyAndSurvivesReopening() throws Exception {
        Writing writing = fromAlice();
        appended(writing.publication(1, "a"));
        appended(writing.bare(2, "b"));
        appended(writing.bare(3, "c"));
        assertThat(log.behind(bob.id())).containsExactly(new Cursor(writing.conversation(), 0));
        log.acknowledge(bob.id(), writing.conversation(), 2);
        log.acknowledge(bob.id(), writing.conversation(), 1);
        reopen();
        assertThat(log.behind(bob.id())).containsExactly(new Cursor(writing.conversation(), 2));
        log.acknowledge(bob.id(), writing.conversation(), 1_000_000);
        reopen();
        assertThat(log.behind(bob.id())).isEmpty();
        assertThat(log.cursor(bob.id(), writing.conversation()).acknowledged())
                .as("not beyond the end, or what comes next would be skipped")
                .isEqualTo(3);
    }

    @Test
    void aDeviceThatComesLaterBeginsAtItsFirstSeal() throws Exception {
        Writing writing = fromAlice();
        appended(writing.publication(1, "a"));
        KnownDevice second = device(BOB);
        log.admit(second);
        assertRefused(writing.bare(2, "b"), ProtocolError.STALE_SEAL);
        writing.seal(List.of(bob.id(), second.id()));
        appended(writing.publication(2, "b"));
        assertThat(log.behind(second.id())).containsExactly(new Cursor(writing.conversation(), 1));
    }

    @Test
    void readsInPages() throws Exception {
        Writing writing = fromAlice();
        appended(writing.publication(1, "a"));
        for (int counter : IntStream.rangeClosed(2, 5).toArray()) {
            appended(writing.bare(counter, "x"));
        }
        Page page = log.read(bob.id(), writing.conversation(), 1, 2);
        assertThat(page.letters()).extracting(StoredLetter::sequence).containsExactly(2L, 3L);
        assertThat(page.more()).isTrue();
        assertThat(log.read(bob.id(), writing.conversation(), 3, 10).more()).isFalse();
    }

    @Test
    void refusesASealThatLeavesOutADevice() throws Exception {
        log.admit(device(BOB));
        assertRefused(fromAlice().publication(1, "a"), ProtocolError.STALE_SEAL);
    }

    @Test
    void refusesASealThatLeavesOutTheSendersOtherDevice() throws Exception {
        KnownDevice laptop = device(ALICE);
        log.admit(laptop);
        assertRefused(fromAlice().publication(1, "a"), ProtocolError.STALE_SEAL);
        appended(fromAlice().seal(List.of(bob.id(), laptop.id())).publication(1, "a"));
    }

    @Test
    void waitsForNoWrapOfADeviceThatCanOnlySign() throws Exception {
        KnownDevice tablet = signingOnly(BOB);
        log.admit(tablet);
        appended(fromAlice().publication(1, "a"));
        assertRefused(fromAlice().seal(List.of(bob.id(), tablet.id())).publication(2, "b"), ProtocolError.STALE_SEAL);
    }

    @Test
    void refusesLettersToWhoCanOnlySign() throws Exception {
        log.admit(signingOnly(CAROL));
        Writing writing = new Writing(ALICE, alice.id(), CAROL, 1, List.of(alice.id()));
        assertRefused(writing.publication(1, "a"), ProtocolError.UNKNOWN_ADDRESS);
    }

    @Test
    void takesLettersFromWhoCanOnlySign() throws Exception {
        KnownDevice tablet = signingOnly(CAROL);
        log.admit(tablet);
        appended(new Writing(CAROL, tablet.id(), BOB, 1, List.of(bob.id())).publication(1, "a"));
    }

    private KnownDevice signingOnly(Address address) {
        Identity identity = pki.client(address.value(), TestKeys.ec("tablet"));
        return new KnownDevice(address, Optional.of("N"), identity.deviceId(), identity.chain(), false);
    }

    @Test
    void refusesASealThatNamesOtherMembers() throws Exception {
        Writing writing = fromAlice().seal(List.of(bob.id()), List.of(ALICE, BOB, CAROL));
        assertRefused(writing.publication(1, "a"), ProtocolError.STALE_SEAL);
    }

    @Test
    void refusesASealForAStranger() throws Exception {
        log.admit(carol);
        Writing writing = fromAlice().seal(List.of(bob.id(), carol.id()));
        assertRefused(writing.publication(1, "a"), ProtocolError.STALE_SEAL);
    }

    @Test
    void refusesASealForAnUnknownDevice() throws Exception {
        Writing writing = fromAlice().seal(List.of(bob.id(), carol.id()));
        assertRefused(writing.publication(1, "a"), ProtocolError.STALE_SEAL);
    }

    @Test
    void refusesASealForARevokedDevice() throws Exception {
        KnownDevice lost = device(BOB);
        log.admit(lost);
        Writing writing = fromAlice().seal(List.of(bob.id(), lost.id()));
        appended(writing.publication(1, "a"));
        log.revoke(List.of(lost.id()));
        assertRefused(writing.bare(2, "b"), ProtocolError.STALE_SEAL);
        appended(writing.seal(List.of(bob.id())).publication(2, "b"));
    }

    @Test
    void refusesLettersToWhoNeverConnected() throws Exception {
        Writing writing = new Writing(ALICE, alice.id(), CAROL, 1, List.of(bob.id()));
        assertRefused(writing.publication(1, "a"), ProtocolError.UNKNOWN_ADDRESS);
    }

    @Test
    void refusesLettersToWhomNoDeviceIsLeft() throws Exception {
        log.revoke(List.of(bob.id()));
        assertRefused(fromAlice().publication(1, "a"), ProtocolError.UNKNOWN_ADDRESS);
    }

    @Test
    void refusesALetterUnderNoSeal() throws Exception {
        assertRefused(fromAlice().bare(1, "a"), ProtocolError.UNKNOWN_SEAL);
    }

    @Test
    void refusesALetterThatCommitsToAnotherKey() throws Exception {
        Writing writing = fromAlice();
        Publication wrong = new Publication(
                ALICE, writing.letter(1, "a", new byte[32]), Optional.of(writing.seal()), Optional.of(BOB));
        assertRefused(wrong, ProtocolError.UNKNOWN_SEAL);
    }

    @Test
    void refusesWhoIsNoMember() throws Exception {
        log.admit(carol);
        Writing writing = fromAlice();
        appended(writing.publication(1, "a"));
        Publication meddling =
                new Publication(CAROL, writing.letter(2, "b"), Optional.of(writing.seal()), Optional.of(BOB));
        assertRefused(meddling, ProtocolError.NOT_A_MEMBER);
    }

    @Test
    void refusesAConversationThatIsNotTheirs() throws Exception {
        Writing writing = fromAlice();
        Publication elsewhere =
                new Publication(ALICE, writing.letter(1, "a"), Optional.of(writing.seal()), Optional.of(CAROL));
        assertRefused(elsewhere, ProtocolError.NOT_A_MEMBER);
    }

    @Test
    void aRefusalChangesNothing() throws Exception {
        assertRefused(fromAlice().publication(2, "a"), ProtocolError.COUNTER_OUT_OF_ORDER);
        reopen();
        assertThat(log.contactsOf(ALICE)).isEmpty();
        assertThat(appended(fromAlice().publication(1, "a")).sequence()).isEqualTo(1);
    }

    @Test
    void saysOnceThatAConversationWasOpened() throws Exception {
        Writing writing = fromAlice();
        assertThat(appended(writing.publication(1, "a")).opened()).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(appended(writing.bare(2, "b")).opened()).isEmpty();
        assertThat(log.contactsOf(BOB)).isEqualTo(Set.of(ALICE));
    }

    @Test
    void refusesAKeyKnownUnderAnotherAddress() {
        KnownDevice stolen = new KnownDevice(CAROL, Optional.empty(), alice.id(), alice.chain(), false);
        assertThatThrownBy(() -> log.admit(stolen)).isInstanceOf(DeviceRefusedException.class);
    }

    @Test
    void aDeviceThatComesBackIsNoLongerRevoked() throws Exception {
        log.revoke(List.of(bob.id()));
        assertThat(log.device(bob.id()).map(KnownDevice::revoked)).contains(true);
        log.admit(bob);
        assertThat(log.device(bob.id()).map(KnownDevice::revoked)).contains(false);
    }

    @Test
    void findsDevices() throws Exception {
        log.admit(carol);
        assertThat(log.devicesOf(BOB)).containsExactly(bob);
        assertThat(log.device(carol.id())).contains(carol);
        assertThat(log.device(new DeviceId("0".repeat(64)))).isEmpty();
        assertThat(log.devicesByPrefix("", 2)).containsExactly(alice, bob);
        assertThat(log.devicesByPrefix("bo", 10)).containsExactly(bob);
        assertThat(log.devicesByPrefix("zz", 10)).isEmpty();
        assertThat(log.unrevokedDevices()).containsExactlyInAnyOrder(alice, bob, carol);
    }

    @Test
    void takesNothingMoreOnceClosed() throws Exception {
        log.close();
        assertRefused(fromAlice().publication(1, "a"), ProtocolError.SHUTTING_DOWN);
        assertThatThrownBy(() -> log.admit(carol)).isInstanceOf(IOException.class);
    }
}
