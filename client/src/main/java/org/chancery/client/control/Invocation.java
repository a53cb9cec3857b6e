package org.chancery.client.control;

import java.nio.file.Path;
import java.util.List;

/// A command line that another process of the same person is to run.
///
/// @param directory absolute; from where its relative paths lead
/// @param arguments as they were typed
public record Invocation(Path directory, List<String> arguments) {
    static final int MAX_ARGUMENTS = 256;

    /// As much as Linux takes in one.
    static final int MAX_ARGUMENT_OCTETS = 128 * 1024;

    public Invocation {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException(directory + " is not absolute");
        }
        if (arguments.size() > MAX_ARGUMENTS) {
            throw new IllegalArgumentException(arguments.size() + " arguments, at most " + MAX_ARGUMENTS);
        }
        arguments = List.copyOf(arguments);
    }

    /// Not what is said to whom.
    @Override
    public String toString() {
        return "Invocation[" + arguments.size() + " arguments]";
    }
}
