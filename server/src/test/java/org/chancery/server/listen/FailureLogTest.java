package org.chancery.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.chancery.server.allowance.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final FailureLog log = new FailureLog(3);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private List<String> seen() {
        return lines.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Source source(int number) {
        return Source.of(InetAddress.ofLiteral("192.0.2." + number));
    }

    @Test
    void saysOnceWhatOneSourceDoesAllTheTime() {
        for (int i = 0; i < 10; i++) {
            log.failed(source(1), "not TLS");
        }
        assertThat(seen()).containsExactly("192.0.2.1: not TLS");
    }

    @Test
    void saysSoMuchOfAllSourcesTogether() {
        for (int i = 1; i <= 10; i++) {
            log.failed(source(i), "not TLS");
        }
        assertThat(seen())
                .hasSize(4)
                .last()
                .asString()
                .isEqualTo("connections fail from more than 3 places a minute: the others are only counted");
    }

    @Test
    void saysOnceThatNoneCanBeAccepted() {
        log.cannotAccept(new IOException("Too many open files"));
        log.cannotAccept(new IOException("Too many open files"));
        assertThat(seen()).containsExactly("cannot accept: java.io.IOException: Too many open files");
    }
}
