package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandRunTest {
    private static final Map<String, String> VARIABLE = Map.of("CHANCERY_PASSPHRASE_FILE", "variable");

    @TempDir
    private Path conf;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Probe probe = new Probe();

    @Test
    void takesAFlagBeforeTheEnvironmentBeforeTheFile() throws IOException {
        Files.writeString(conf.resolve("probe.properties"), "passphrase-file = line\n");
        run(Map.of());
        assertThat(probe.file).isEqualTo("line");
        run(VARIABLE);
        assertThat(probe.file).isEqualTo("variable");
        run(VARIABLE, "--passphrase-file", "flag");
        assertThat(probe.file).isEqualTo("flag");
    }

    @Test
    void saysNoPassphraseWhateverFileIsTheDefault() {
        assertThat(run(VARIABLE, "--no-passphrase")).isEqualTo(ExitCode.DONE);
        assertThat(probe.file).isEmpty();
        assertThat(probe.none).isTrue();
    }

    @Test
    void takesAPassphraseFileWhereNoneIsTheDefault() throws IOException {
        Files.writeString(conf.resolve("probe.properties"), "no-passphrase = true\n");
        run(Map.of(), "--passphrase-file", "flag");
        assertThat(probe.none).isFalse();
        assertThat(probe.file).isEqualTo("flag");
    }

    @Test
    void tellsWrongUsageAndWhereToLook() {
        assertThat(run(Map.of(), "--nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error: Unknown option: '--nonsense'")
                .endsWith("hint: see: probe --help\n");
    }

    @Test
    void saysOnceThatItIsAnError() {
        assertThat(run(new Chooser(), Map.of())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: Missing required argument");
    }

    @Test
    void tellsWhatACommandSaysOfItself() {
        probe.failing = Optional.of(new CommandException(ExitCode.REFUSED, "not today", "tomorrow"));
        assertThat(run(Map.of())).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("error: not today\nhint: tomorrow\n");
    }

    @Test
    void asksTheProgramFirstWhatItsExceptionsMean() {
        probe.failing = Optional.of(new IOException("the lamp is out"));
        assertThat(run(Map.of())).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void tellsABugInOneLine() {
        probe.failing = Optional.of(new IllegalStateException("secret state"));
        assertThat(run(Map.of())).isEqualTo(ExitCode.INTERNAL);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("error: internal error: IllegalStateException\nhint: look there\n");
    }

    private ExitCode run(Map<String, String> environment, String... arguments) {
        return run(probe, environment, arguments);
    }

    private ExitCode run(Probe program, Map<String, String> environment, String... arguments) {
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                conf,
                label -> Optional.empty(),
                Clock.systemUTC(),
                new SecureRandom(),
                Path.of(""));
        return CommandRun.run(program, surroundings, arguments);
    }

    /// A program of one command that does what the test says.
    @Command(name = "probe")
    private static class Probe implements Program, Callable<Integer> {
        @Option(names = "--passphrase-file")
        private String file = "";

        @Option(names = "--no-passphrase")
        private boolean none;

        private Optional<Exception> failing = Optional.empty();

        @Override
        public String name() {
            return "probe";
        }

        @Override
        public Object rootCommand() {
            return this;
        }

        @Override
        public Optional<Explanation> explain(Exception e) {
            return e instanceof IOException
                    ? Optional.of(new Explanation(ExitCode.UNREACHABLE, e, ""))
                    : Optional.empty();
        }

        @Override
        public String openBugLog() {
            return "look there";
        }

        @Override
        public Integer call() throws Exception {
            if (failing.isPresent()) {
                throw failing.get();
            }
            return ExitCode.DONE.code();
        }
    }

    /// One that wants either of two options.
    @Command(name = "chooser")
    private static final class Chooser extends Probe {
        @ArgGroup(multiplicity = "1")
        private @Nullable Choice choice;

        @Override
        public Integer call() {
            Choice made = Objects.requireNonNull(choice);
            return made.with.length() + made.room.length();
        }

        private static final class Choice {
            @Option(names = "--with")
            private String with = "";

            @Option(names = "--room")
            private String room = "";
        }
    }
}
