package org.chancery.console;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The value of an option that the command line leaves out: the environment variable `CHANCERY_<OPTION>`, else the
/// line in `conf/<program>.properties`. (A flag wins over both; the option parser asks here only without one.)
/// Immutable.
public final class ConfigDefaults {
    /// Set by the launchers to the directory that holds `conf/`.
    public static final String HOME_PROPERTY = "chancery.home";

    private static final String PREFIX = "CHANCERY_";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private ConfigDefaults(Map<String, String> environment, Map<String, String> file) {
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    /// `conf` below the directory that the launcher names, else below the working directory.
    public static Path directory() {
        return Path.of(System.getProperty(HOME_PROPERTY, ""), "conf");
    }

    /// Reads `<program>.properties` in a directory; a file that is not there says nothing.
    ///
    /// @param options every option of the program, without dashes
    /// @param environment the process's variables
    /// @throws ConfigException if the file has a key that is no option, one twice, or is no UTF-8 properties file
    /// @throws IOException if the file is there and cannot be read
    public static ConfigDefaults load(
            String program, Set<String> options, Path directory, Map<String, String> environment)
            throws IOException, ConfigException {
        Path file = directory.resolve(program + ".properties");
        Map<String, String> entries = read(file);
        for (String key : entries.keySet()) {
            if (!options.contains(key)) {
                throw new ConfigException(
                        ConfigException.Failure.UNKNOWN_KEY, "unknown key \"" + key + "\" in " + file);
            }
        }
        return new ConfigDefaults(environment, entries);
    }

    /// The default of an option.
    ///
    /// @param option without dashes, as `passphrase-file`
    public Optional<String> value(String option) {
        String variable = environment.getOrDefault(variable(option), "");
        return variable.isEmpty() ? Optional.ofNullable(file.get(option)) : Optional.of(variable);
    }

    /// The environment variable of an option: `CHANCERY_PASSPHRASE_FILE` for `passphrase-file`.
    public static String variable(String option) {
        return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Map<String, String> read(Path file) throws IOException, ConfigException {
        try {
            return PropertiesFile.read(file);
        } catch (NoSuchFileException e) {
            return Map.of();
        }
    }
}
