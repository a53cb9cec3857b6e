package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.frame.TranscriptHash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
    private static final Digest LETTER = Digest.over(new byte[] {1});
    private static final Digest ENTRY = Digest.over(new byte[] {2});

    @TempDir
    private Path directory;

    private MessageStore store;
    private Transcript transcript;
    private Conversation room;

    @BeforeEach
    void open() throws Exception {
        SecureRandom random = new SecureRandom();
        store = MessageStore.open(new StoreLocation(directory.resolve("bob.p12")), Passphrase.none(), random);
        transcript = new Transcript(store.conversations());
        room = Conversation.begun(Party.room(ConversationId.ofBytes(new byte[32])), ChainId.random(random));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private static Digest ofEntries(long last) {
        Digest reached = Digest.NONE;
        for (long place = 1; place <= last; place++) {
            reached = TranscriptHash.next(reached, place, ENTRY);
        }
        return reached;
    }

    /// Whoever owns a room may ask somebody in, take that back, and so on, and then ask anybody in.
    @Test
    void followsARecordOfAnyNumberOfEntries() throws Exception {
        long place = 50_001;
        Digest there = TranscriptHash.next(ofEntries(place - 1), place, LETTER);
        Transcript.Finding finding = transcript.judge(
                room, place, LETTER, there, at -> at < place ? Optional.of(ENTRY) : Optional.empty(), List.of());
        assertThat(finding).isInstanceOf(Transcript.Finding.Consistent.class);
    }

    @Test
    void findsWhatIsUnderWayBetweenEntries() throws Exception {
        Conversation seen = transcript.remember(room, 2, ofEntries(2));
        Digest own = Digest.over(new byte[] {3});
        Digest there = ofEntries(2);
        there = TranscriptHash.next(there, 3, own);
        there = TranscriptHash.next(there, 4, ENTRY);
        there = TranscriptHash.next(there, 5, LETTER);
        assertThat(judge(seen, there, List.of(List.of(own)))).isInstanceOf(Transcript.Finding.Consistent.class);
        assertThat(judge(seen, there, List.of())).isEqualTo(new Transcript.Finding.Missing(2));
        assertThat(judge(seen, ENTRY, List.of(List.of(own)))).isEqualTo(new Transcript.Finding.Missing(2));
    }

    /// A relay that never answers has a letter signed anew every few minutes: it may have any of them, and has one.
    @Test
    @Timeout(10)
    void ofManyAttemptsAtOneLetterOneIsThere() throws Exception {
        Conversation seen = transcript.remember(room, 2, ofEntries(2));
        List<Digest> attempts = IntStream.range(0, 10)
                .mapToObj(i -> Digest.over(new byte[] {3, (byte) i}))
                .toList();
        Digest there = TranscriptHash.next(ofEntries(2), 3, attempts.get(5));
        there = TranscriptHash.next(there, 4, ENTRY);
        there = TranscriptHash.next(there, 5, LETTER);
        assertThat(judge(seen, there, List.of(attempts))).isInstanceOf(Transcript.Finding.Consistent.class);
        assertThat(transcript.judge(seen, 1000, LETTER, there, _ -> Optional.empty(), List.of(attempts)))
                .isEqualTo(new Transcript.Finding.Missing(997));
    }

    private Transcript.Finding judge(Conversation seen, Digest claimed, List<List<Digest>> underWay) throws Exception {
        return transcript.judge(
                seen, 5, LETTER, claimed, at -> at == 4 ? Optional.of(ENTRY) : Optional.empty(), underWay);
    }

    @Test
    void aRecordFromItsBeginningIsHeldAgainstWhatTheRelayClaims() throws Exception {
        assertThat(transcript.judge(room, 1, LETTER, ENTRY, _ -> Optional.empty(), List.of()))
                .isInstanceOf(Transcript.Finding.Contradiction.class);
    }

    @Test
    @Defends(Threat.HISTORY_SHOWN_DIFFERENTLY)
    void aPlaceThatHasBeenSeenIsNotShownOtherwise() throws Exception {
        Conversation seen = transcript.remember(room, 1, ofEntries(1));
        store.conversations().put(seen);
        Digest other = TranscriptHash.next(Digest.NONE, 1, LETTER);

        assertThat(transcript.judge(seen, 1, LETTER, other, _ -> Optional.empty(), List.of()))
                .isInstanceOf(Transcript.Finding.Contradiction.class);
    }
}
