package org.chancery.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.Test;

class PresenceNewsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = 17;
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");

    private final PresenceNews news = new PresenceNews(START);

    @Test
    void tellsAtOnceAfterAQuietTime() {
        assertThat(news.add(ALICE, true, START)).contains(new Frame.Presence(List.of(ALICE), List.of()));
        assertThat(news.add(BOB, true, START + 2 * SECOND)).contains(new Frame.Presence(List.of(BOB), List.of()));
    }

    @Test
    void gathersWhatHappensSoonAfter() {
        assertThat(news.add(ALICE, true, START)).isPresent();
        assertThat(news.add(ALICE, false, START + 1)).isEmpty();
        assertThat(news.add(BOB, true, START + 2)).isEmpty();
        assertThat(news.add(BOB, false, START + 3)).isEmpty();
        assertThat(news.add(BOB, true, START + 4)).isEmpty();
        assertThat(news.due(START + SECOND - 1)).isEmpty();
        assertThat(news.due(START + SECOND)).contains(new Frame.Presence(List.of(BOB), List.of(ALICE)));
        assertThat(news.due(START + 5 * SECOND)).as("nothing twice").isEmpty();
    }

    @Test
    void dividesAThousandAmongFrames() {
        assertThat(news.add(ALICE, true, START)).isPresent();
        IntStream.range(0, 1_000)
                .forEach(i -> news.add(new Address("person" + i + "@lab.example"), i % 2 == 0, START + 1));
        for (int second = 1; second <= 2; second++) {
            Frame.Presence frame = news.due(START + second * SECOND).orElseThrow();
            assertThat(frame.online().size() + frame.offline().size()).isEqualTo(Frame.Presence.MOST);
        }
        assertThat(news.due(START + 3 * SECOND)).isEmpty();
    }
}
