package org.chancery.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// One run of a command line: defaults from conf and environment, then picocli, then an exit code whatever happens.
public final class CommandRun {
    private static final int HELP_COLUMNS = 100;

    /// Options of which one, given, voids the default of the other.
    private static final Map<String, String> OPPOSITES =
            Map.of("--passphrase-file", "--no-passphrase", "--no-passphrase", "--passphrase-file");

    private CommandRun() {}

    /// Runs it. Nothing is thrown: every failure has been told by then.
    public static ExitCode run(Program program, Surroundings surroundings, String... arguments) {
        ExceptionLadder ladder = new ExceptionLadder(program, surroundings.report());
        CommandLine line = new CommandLine(program.rootCommand())
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, given) -> wrongUsage(surroundings, e))
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> ladder.report(e).code())
                .registerConverter(Path.class, surroundings.directory()::resolve)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setTrimQuotes(false);
        try {
            ConfigDefaults defaults = ConfigDefaults.load(
                    program.name(), options(line), surroundings.confDirectory(), surroundings.environment());
            Set<String> given = new HashSet<>(Arrays.asList(arguments));
            line.setDefaultValueProvider(argument -> value(defaults, given, argument));
        } catch (IOException | ConfigException e) {
            return ladder.report(e);
        }
        ExitCode code = ExitCode.of(line.execute(arguments));
        // A PrintStream keeps its failures to itself; a result that nobody got is not done.
        if (code == ExitCode.DONE && surroundings.out().checkError()) {
            surroundings.report().error("standard output could not be written");
            return ExitCode.BAD_INPUT;
        }
        return code;
    }

    private static int wrongUsage(Surroundings surroundings, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        surroundings.report().error(message(e), "see: " + command + " --help");
        return ExitCode.USAGE.code();
    }

    /// A slip in an option's name leaves the true one missing too: it is the slip that the person wants to hear of.
    private static String message(ParameterException e) {
        return e.getCommandLine().getUnmatchedArguments().stream()
                .filter(argument -> argument.startsWith("-"))
                .findFirst()
                .map(slip -> "Unknown option: '" + slip + "'")
                .orElse(String.valueOf(e.getMessage()).replaceFirst("^Error: ", "")); // "error: " is said already
    }

    /// Every option of every command, without dashes: what may stand in the file of defaults.
    public static Set<String> options(CommandLine line) {
        Set<String> names = new HashSet<>();
        line.getCommandSpec().options().forEach(option -> names.add(withoutDashes(option)));
        line.getSubcommands().values().forEach(command -> names.addAll(options(command)));
        return names;
    }

    private static @Nullable String value(ConfigDefaults defaults, Set<String> given, ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp()) {
            return null;
        }
        // Who says --no-passphrase means it, whatever file is the default; and the other way round.
        String opposite = OPPOSITES.getOrDefault(option.longestName(), "");
        return given.contains(opposite)
                ? null
                : defaults.value(withoutDashes(option)).orElse(null);
    }

    private static String withoutDashes(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }
}
