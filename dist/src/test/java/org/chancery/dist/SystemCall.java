package org.chancery.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A system call that changes a file, as strace wrote it down.
///
/// @param file below the directory looked at; temporary names, which differ from run to run, as `*.tmp`
/// @param nth among the calls of that name in its thread, from 1: how strace counts
record SystemCall(String name, String file, int nth, Instant at) {
    /// `4711 1763871000.123456 fsync(29</lab/ca/ledger.db-wal>) = 0`; a call during which something else happened is
    /// cut off after its arguments, and resumed in a line that this does not match.
    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\d+)\\.(\\d{6}) (\\w+)\\((.*)");
    /// What a descriptor stands for, or a name given as such.
    private static final Pattern PATH = Pattern.compile("\\d+<(/[^>]*)>|\"(/[^\"]*)\"");
    private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f-]{36}\\.tmp");

    /// The calls on what lies below a directory, in the order in which they began.
    static List<SystemCall> read(Path trace, Path directory) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        List<SystemCall> calls = new ArrayList<>();
        for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            Instant at = Instant.ofEpochSecond(Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)) * 1000);
            int nth = counts.merge(parts.group(1) + " " + parts.group(4), 1, Integer::sum);
            Optional<String> file = fileBelow(directory, parts.group(5));
            if (file.isPresent()) {
                calls.add(new SystemCall(parts.group(4), file.get(), nth, at));
            }
        }
        return calls;
    }

    private static Optional<String> fileBelow(Path directory, String arguments) {
        Matcher path = PATH.matcher(arguments);
        if (!path.find()) {
            return Optional.empty();
        }
        Path file = Path.of(path.group(1) != null ? path.group(1) : path.group(2));
        return file.startsWith(directory)
                ? Optional.of(
                        TEMPORARY.matcher(directory.relativize(file).toString()).replaceAll("*.tmp"))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name + " " + (file.isEmpty() ? "." : file);
    }
}
