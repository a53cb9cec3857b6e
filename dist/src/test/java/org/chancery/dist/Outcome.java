package org.chancery.dist;

import java.util.List;

/// How a command ended: its exit code and what it printed.
record Outcome(int code, List<String> output, List<String> errors) {
    Outcome {
        output = List.copyOf(output);
        errors = List.copyOf(errors);
    }

    /// The one line of standard error that begins with `error:`.
    String error() {
        return errors.stream()
                .filter(line -> line.startsWith("error: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no error line: " + this));
    }
}
