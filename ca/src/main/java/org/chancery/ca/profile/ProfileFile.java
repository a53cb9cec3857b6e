package org.chancery.ca.profile;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.ca.profile.ProfileException.Failure;
import org.chancery.console.ConfigException;
import org.chancery.console.PropertiesFile;

/// What a profile's file says, line by line. Whether a certificate may say so is for [ProfileReader] to judge.
final class ProfileFile {
    static final String SUFFIX = ".properties";

    private final Path path;
    private final Map<String, String> entries;

    private ProfileFile(Path path, Map<String, String> entries) {
        this.path = path;
        this.entries = entries;
    }

    /// @param known every key that may stand in it
    /// @throws ProfileException if it is not there, no properties file, or has another key
    static ProfileFile read(Path path, Set<String> known) throws IOException, ProfileException {
        Map<String, String> entries;
        try {
            entries = PropertiesFile.read(path);
        } catch (NoSuchFileException e) {
            throw new ProfileException(Failure.UNKNOWN, "no profile " + nameOf(path) + ": no file " + path);
        } catch (ConfigException e) {
            throw new ProfileException(Failure.MALFORMED, String.valueOf(e.getMessage()));
        }
        for (String key : new TreeSet<>(entries.keySet())) {
            if (!known.contains(key)) {
                throw new ProfileException(Failure.MALFORMED, "unknown key \"" + key + "\" in " + path);
            }
        }
        return new ProfileFile(path, entries);
    }

    static String nameOf(Path path) {
        String file = String.valueOf(path.getFileName());
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }

    String name() {
        return nameOf(path);
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    String text(String key) throws ProfileException {
        String value = entries.get(key);
        if (value == null) {
            throw new ProfileException(Failure.MALFORMED, "no key \"" + key + "\" in " + path);
        }
        return value;
    }

    boolean flag(String key) throws ProfileException {
        return switch (text(key)) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw forbidden(key, "yes or no expected");
        };
    }

    /// @param why what stands behind the two bounds
    int number(String key, int least, int most, String why) throws ProfileException {
        int number;
        try {
            number = Integer.parseInt(text(key));
        } catch (NumberFormatException e) {
            throw forbidden(key, "a whole number expected");
        }
        if (number < least || number > most) {
            throw forbidden(key, "between " + least + " and " + most + " expected: " + why);
        }
        return number;
    }

    /// The words of a list, each once, in their order.
    Set<String> words(String key) throws ProfileException {
        String value = text(key);
        List<String> words = value.isEmpty() ? List.of() : List.of(value.split("[ \t]+"));
        Set<String> once = new LinkedHashSet<>(words);
        if (once.size() < words.size()) {
            throw forbidden(key, "a word twice");
        }
        return once;
    }

    /// The words of a list, each of which means something.
    <E> Set<E> several(String key, Map<String, E> meanings) throws ProfileException {
        Set<E> several = new LinkedHashSet<>();
        for (String word : words(key)) {
            E meaning = meanings.get(word);
            if (meaning == null) {
                throw forbidden(key, word + " is none of " + String.join(", ", new TreeSet<>(meanings.keySet())));
            }
            several.add(meaning);
        }
        return several;
    }

    /// @param why what was expected, or which rule stands against it
    ProfileException forbidden(String key, String why) {
        return new ProfileException(
                Failure.FORBIDDEN, path + ": " + key + "=" + entries.getOrDefault(key, "") + ": " + why);
    }
}
