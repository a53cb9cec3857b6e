package org.chancery.client.control;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A command line that another process of the same person is to run.
///
/// @param directory absolute; from where its relative paths lead
/// @param arguments as they were typed
public record Invocation(Path directory, List<String> arguments) {
    static final int MAX_ARGUMENTS = 256;

    /// Of all arguments together, in UTF-8: one may have half of it on Linux.
    static final int MAX_OCTETS = 256 * 1024;

    public Invocation {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException(directory + " is not absolute");
        }
        if (arguments.size() > MAX_ARGUMENTS) {
            throw new IllegalArgumentException(arguments.size() + " arguments, at most " + MAX_ARGUMENTS);
        }
        arguments = List.copyOf(arguments);
        long octets = arguments.stream()
                .mapToLong(argument -> argument.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (octets > MAX_OCTETS) {
            throw new IllegalArgumentException(octets + " octets of arguments, at most " + MAX_OCTETS);
        }
    }

    /// Not what is said to whom.
    @Override
    public String toString() {
        return "Invocation[" + arguments.size() + " arguments]";
    }
}
