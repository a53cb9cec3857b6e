package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.server.testing.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is said of the relay's own certificate as it comes to its end.
class RelayIdentityTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final TestPki pki = TestPki.create();
    private final Identity relay = pki.server("127.0.0.1");
    private final Instant end = relay.chain().leaf().getNotAfter().toInstant();
    private LogLines log;
    private RelayIdentity identity;

    @BeforeEach
    void show() throws Exception {
        log = LogLines.open();
        identity = new RelayIdentity(relay, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
    }

    @AfterEach
    void lookAway() {
        log.close();
    }

    private List<String> saidAt(Instant now) {
        identity.look(now);
        return log.drain();
    }

    @Test
    void isQuietForTwoThirdsOfItsLife() {
        Duration life = Duration.between(relay.chain().leaf().getNotBefore().toInstant(), end);
        assertThat(saidAt(pki.now())).isEmpty();
        assertThat(saidAt(end.minus(life.dividedBy(3)).minus(HOUR))).isEmpty();
        assertThat(saidAt(end.minus(life.dividedBy(3)).plus(HOUR))).hasSize(1);
    }

    @Test
    void warnsOnceADay() {
        Instant first = end.minus(Duration.ofDays(30));
        assertThat(saidAt(first)).singleElement().asString().startsWith("WARN").contains("in 30 days");
        assertThat(saidAt(first.plusSeconds(1))).isEmpty();
        assertThat(saidAt(first.plus(DAY).minusSeconds(1))).isEmpty();
        assertThat(saidAt(first.plus(DAY))).singleElement().asString().contains("in 29 days");
        assertThat(saidAt(first.plus(DAY).plusSeconds(1))).isEmpty();
    }

    @Test
    void callsTheLastSevenDaysAnError() {
        assertThat(saidAt(end.minus(Duration.ofDays(7))))
                .singleElement()
                .asString()
                .startsWith("WARN");
        assertThat(saidAt(end.minus(Duration.ofDays(6))))
                .singleElement()
                .asString()
                .startsWith("ERROR")
                .contains("in 6 days");
        assertThat(saidAt(end.minus(HOUR.multipliedBy(5))))
                .singleElement()
                .asString()
                .contains("in 5 hours");
        assertThat(saidAt(end.plus(DAY)))
                .singleElement()
                .asString()
                .startsWith("ERROR")
                .contains("no client connects any more");
    }

    @Test
    void isQuietAgainWithAnotherCertificate() throws Exception {
        Instant late = end.minus(DAY);
        assertThat(saidAt(late)).hasSize(1);
        TestPki younger = TestPki.at(late);
        RelayIdentity renewed = new RelayIdentity(
                younger.server("127.0.0.1"),
                new PeerJudge(younger.trustAnchors(), Revocation.NotChecked::new, younger.clock()));
        renewed.look(late.plus(DAY));
        assertThat(log.drain()).isEmpty();
    }
}
