package org.chancery.console;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// What a command has around it. Everything that differs between a terminal and a test comes in here.
///
/// @param confDirectory where `<program>.properties` is looked for
/// @param directory from where relative paths lead; the empty path stands for that of the process
public record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path confDirectory,
        Prompt prompt,
        Clock clock,
        SecureRandom random,
        Path directory) {

    public static Surroundings ofProcess() {
        return new Surroundings(
                System.in,
                System.out,
                System.err,
                System.getenv(),
                ConfigDefaults.directory(),
                Prompt.terminal(),
                Clock.systemUTC(),
                new SecureRandom(),
                Path.of(""));
    }

    /// Those of a command line that another process of the same person runs here: its streams, and where it stands.
    /// Nobody can be asked for secrets there.
    public Surroundings of(Path directory, InputStream in, PrintStream out, PrintStream err) {
        return new Surroundings(
                in, out, err, environment, confDirectory, _ -> Optional.empty(), clock, random, directory);
    }

    public FailureReport report() {
        return new FailureReport(err);
    }

    /// The time in whole seconds, as certificates and CRLs have it.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
