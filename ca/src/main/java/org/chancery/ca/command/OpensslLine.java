package org.chancery.ca.command;

import java.util.List;
import java.util.stream.Collectors;

/// A command line of `openssl` (3.0 or newer) that checks something of ours.
///
/// @param arguments without `openssl` itself
/// @param expected what it prints if all is well
record OpensslLine(List<String> arguments, String expected) {
    private static final String HARMLESS = "[A-Za-z0-9_./:=,@+-]+";

    OpensslLine {
        arguments = List.copyOf(arguments);
    }

    /// As a shell takes it.
    String shell() {
        return "openssl "
                + arguments.stream()
                        .map(argument ->
                                argument.matches(HARMLESS) ? argument : "'" + argument.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
    }
}
