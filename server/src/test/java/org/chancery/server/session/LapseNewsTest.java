package org.chancery.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.Lapse;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.conversation.sqlite.SqliteConversationLog;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.testing.LapsedLetters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LapseNewsTest {

    private final TestPki pki = TestPki.create();
    private final DeviceId device = pki.client("alice@lab.example").deviceId();
    private final List<Frame> told = new ArrayList<>();

    @TempDir
    private Path directory;

    private ConversationLog log;
    private LapseNews news;

    @BeforeEach
    void openLog() throws Exception {
        log = SqliteConversationLog.open(
                directory.resolve("relay.db"),
                StorageShares.ofLogAlone(StorageBounds.DEFAULT),
                pki.clock(),
                new SecureRandom(),
                new Metrics(),
                failure -> {
                    throw new AssertionError(failure);
                });
        news = new LapseNews(log, device, told::add);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void lapse(int from, int to, long through) throws Exception {
        LapsedLetters.note(directory.resolve("relay.db"), device, from, to, through);
    }

    private static List<Frame> lapses(int from, int to, long through) {
        return IntStream.range(from, to)
                .mapToObj(number -> frame(LapsedLetters.lapse(number, through)))
                .toList();
    }

    private static Frame frame(Lapse lapse) {
        return new Frame.Lapsed(lapse.conversation(), lapse.address(), lapse.through(), lapse.count());
    }

    private void seen(int number, long through) throws Exception {
        Lapse lapse = LapsedLetters.lapse(number, through);
        news.seen(new Frame.LapsedSeen(lapse.conversation(), lapse.address(), through));
    }

    @Test
    void tellsSomeAndTheNextWhenMostOfThoseWereSeen() throws Exception {
        lapse(0, 1_300, 7);
        news.look();
        assertThat(told).isEqualTo(lapses(0, LapseNews.UNDER_WAY, 7));
        for (int number = 0; number < 1_300; number++) {
            assertThat(told.size() - number).isBetween(1, LapseNews.UNDER_WAY);
            seen(number, 7);
        }
        assertThat(told).as("each once").isEqualTo(lapses(0, 1_300, 7));
        log.revoke(List.of()); // is behind what was seen
        news.look();
        assertThat(told).as("no more").hasSize(1_300);
    }

    /// However often letters are let go of while it has not seen what it was told.
    @Test
    void tellsOnlyWhatIsNew() throws Exception {
        lapse(10, 20, 7);
        news.look();
        news.look();
        assertThat(told).isEqualTo(lapses(10, 20, 7));
        lapse(0, 1, 7);
        lapse(12, 13, 9);
        told.clear();
        news.look();
        assertThat(told)
                .containsExactly(lapses(0, 1, 7).getFirst(), lapses(12, 13, 9).getFirst());
        seen(12, 7);
        log.revoke(List.of());
        assertThat(log.lapses(device, Optional.empty(), 100))
                .as("it knows of an older one")
                .hasSize(11);
    }

    /// What comes in while it is being told, in front of where it has come to.
    @Test
    void comesBackToWhatItHasPassed() throws Exception {
        lapse(1_000, 2_000, 7);
        news.look();
        lapse(0, 10, 7);
        news.look();
        for (int i = 0; i < told.size(); i++) {
            Frame.Lapsed next = (Frame.Lapsed) told.get(i);
            news.seen(new Frame.LapsedSeen(next.conversation(), next.address(), next.through()));
        }
        assertThat(new HashSet<>(told)).as("one or another twice").hasSize(1_010);
    }

    @Test
    void believesNobodyWhoHasSeenWhatWasNotTold() throws Exception {
        lapse(0, 300, 7);
        news.look();
        seen(299, 7);
        seen(0, 8);
        log.revoke(List.of());
        assertThat(log.lapses(device, Optional.empty(), 1_000)).hasSize(300);
    }
}
