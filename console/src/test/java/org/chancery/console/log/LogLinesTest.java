package org.chancery.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers write stays in its line, and moves no cursor.
class LogLinesTest {

    private static final Logger LOGGER = new LoggerContext().getLogger("org.chancery.server.session.Session");

    private static ILoggingEvent event(String message, Throwable thrown, Object... arguments) {
        LoggingEvent event = event(message, arguments);
        event.setThrowableProxy(new ThrowableProxy(thrown));
        return event;
    }

    private static LoggingEvent event(String message, Object... arguments) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(LOGGER.getLoggerContext());
        event.setLoggerName(LOGGER.getName());
        event.setLevel(Level.WARN);
        event.setMessage(message);
        event.setArgumentArray(arguments);
        event.setTimeStamp(1_795_000_000_123L);
        event.setThreadName("session");
        return event;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n2026-11-22T10:00:00.000Z INFO  Relay all is well",
                "a\r\nb",
                "\u001b[2J\u001b[31m",
                "\u009b31m",
                "\u0085next",
                "\u2028\u2029",
                "\u202egnp.exe",
                "\u2066\u200b\ufeff",
                "\b\b\b\u0007\u007f",
                "\ud800lone",
                "\"},{\"level\":\"ERROR\"",
                "${jndi:ldap://x} {} %msg \\"
            })
    void keepsEverythingInOneLine(String hostile) {
        Exception thrown = new IOException(hostile, new IllegalStateException(hostile));
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement(hostile, hostile, hostile, 1)});
        String plain = new PlainLines().doLayout(event("refused {}", thrown, hostile));
        assertThat(plain.lines().filter(line -> !line.startsWith("| ")).toList())
                .hasSize(1);
        assertThat(plain)
                .startsWith("2026-11-18T11:06:40.123Z WARN  Session refused ")
                .endsWith("\n");
        requireHarmless(plain);

        String json = new JsonLines().doLayout(event("refused {}", thrown, hostile));
        assertThat(json.lines()).hasSize(1);
        requireHarmless(json);
    }

    private static void requireHarmless(String text) {
        assertThat(text.codePoints().filter(c -> c != '\n' && c != '\t'))
                .allMatch(c -> !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE
                        && Character.getType(c) != Character.LINE_SEPARATOR
                        && Character.getType(c) != Character.PARAGRAPH_SEPARATOR);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    }

    @Test
    void saysTheSameToMachines() {
        assertThat(new JsonLines().doLayout(event("say \"{}\"", "ä")))
                .isEqualTo("{\"time\":\"2026-11-18T11:06:40.123Z\",\"level\":\"WARN\","
                        + "\"logger\":\"org.chancery.server.session.Session\",\"thread\":\"session\","
                        + "\"message\":\"say \\\"ä\\\"\"}\n");
    }

    /// Whatever is logged is made into text here, and nowhere else.
    @Test
    void theDeliveredConfigurationsUseNothingElse() throws IOException {
        try (Stream<Path> conf = Files.list(Path.of("..", "conf"))) {
            List<Path> files =
                    conf.filter(file -> file.toString().endsWith(".xml")).toList();
            assertThat(files).hasSizeGreaterThanOrEqualTo(3);
            for (Path file : files) {
                assertThat(file).content().contains("<layout class=\"org.chancery.console.log.");
                assertThat(file).content().doesNotContain("<pattern>", "<encoder>");
            }
        }
        assertThat(Path.of("..", "server", "src", "main", "resources", "logback.xml"))
                .content()
                .contains("<layout class=\"org.chancery.console.log.PlainLines\"/>")
                .doesNotContain("<pattern>");
    }

    @Test
    void showsWhereABugIs() {
        String plain = new PlainLines()
                .doLayout(event("failed", new IllegalStateException("outer", new IOException("inner"))));
        assertThat(plain.lines().skip(1)).first().isEqualTo("| java.lang.IllegalStateException: outer");
        assertThat(plain)
                .contains(
                        "\n| \tat org.chancery.console.log.LogLinesTest.",
                        "\n| Caused by: java.io.IOException: inner\n");
    }
}
