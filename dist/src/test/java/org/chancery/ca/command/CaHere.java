package org.chancery.ca.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.chancery.console.CommandRun;
import org.chancery.console.Prompt;
import org.chancery.console.Surroundings;

/// `ca` in this JVM: the same command lines, without the second that a process costs. For looking at what a process
/// has left behind.
public final class CaHere {
    private CaHere() {}

    /// How a command ended.
    public record Answer(int code, String out, String err) {}

    /// Runs a command to its end; nobody is there to be asked anything.
    public static Answer run(Map<String, String> environment, Path confDirectory, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                confDirectory,
                Prompt.terminal(),
                Clock.systemUTC(),
                new SecureRandom(),
                Path.of(""));
        int code = CommandRun.run(new CaProgram(surroundings), surroundings, arguments)
                .code();
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
