package org.chancery.ca.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.chancery.pki.console.ConfigDefaults;
import org.chancery.pki.console.ConfigException;
import org.chancery.pki.console.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// One run of the command line: defaults from conf and environment, then picocli, then an exit code whatever
/// happens.
final class CommandRun {
    private static final String PROGRAM = "ca";

    private CommandRun() {}

    static ExitCode run(Surroundings surroundings, String... arguments) {
        ExceptionLadder ladder = new ExceptionLadder(surroundings);
        CommandLine line = new CommandLine(new CaCommand(surroundings))
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, given) -> wrongUsage(surroundings, e))
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> ladder.report(e).code())
                .setUsageHelpWidth(100)
                .setTrimQuotes(false);
        try {
            ConfigDefaults defaults = ConfigDefaults.load(
                    PROGRAM, options(line), surroundings.confDirectory(), surroundings.environment());
            line.setDefaultValueProvider(argument -> value(defaults, argument));
        } catch (IOException | ConfigException e) {
            return ladder.report(e);
        }
        int code = line.execute(arguments);
        for (ExitCode exitCode : ExitCode.values()) {
            if (exitCode.code() == code) {
                return exitCode;
            }
        }
        throw new IllegalStateException("exit code " + code);
    }

    private static int wrongUsage(Surroundings surroundings, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        surroundings.report().error(String.valueOf(e.getMessage()), "see: " + command + " --help");
        return ExitCode.USAGE.code();
    }

    /// Every option of every command: what may stand in the file.
    private static Set<String> options(CommandLine line) {
        Set<String> names = new HashSet<>();
        line.getCommandSpec().options().forEach(option -> names.add(withoutDashes(option)));
        line.getSubcommands().values().forEach(command -> names.addAll(options(command)));
        return names;
    }

    private static @Nullable String value(ConfigDefaults defaults, ArgSpec argument) {
        return argument instanceof OptionSpec option && !option.usageHelp()
                ? defaults.value(withoutDashes(option)).orElse(null)
                : null;
    }

    private static String withoutDashes(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }
}
