package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class CommandRunTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void callsNothingDoneWhoseResultNobodyGot() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThat(run(full, "the result")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("error: standard output could not be written\n");
    }

    @Test
    void namesNoClassWhenAFileMayNotBeRead() {
        assertThat(run(new ByteArrayOutputStream(), new AccessDeniedException("alice.p12")))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("error: cannot use alice.p12: permission denied\n");
    }

    /// Runs a command that prints a text, or throws.
    private ExitCode run(OutputStream out, Object result) {
        Surroundings surroundings = new Surroundings(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Path.of("no-such-directory"),
                _ -> Optional.empty(),
                Clock.systemUTC(),
                new SecureRandom());
        return CommandRun.run(new OneCommand(surroundings, result), surroundings);
    }

    @Command(name = "one")
    private record OneCommand(Surroundings surroundings, Object result) implements Program, Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (result instanceof Exception failure) {
                throw failure;
            }
            surroundings.out().println(result);
            return ExitCode.DONE.code();
        }

        @Override
        public String name() {
            return "one";
        }

        @Override
        public Object rootCommand() {
            return this;
        }

        @Override
        public Optional<Explanation> explain(Exception e) {
            return Optional.empty();
        }

        @Override
        public String openBugLog() {
            return "nowhere";
        }
    }
}
