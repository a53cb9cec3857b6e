package org.chancery.ca.command;

import java.util.List;
import picocli.CommandLine.Option;

/// `--explain`, for commands that make or show something.
final class ExplainOption {
    @Option(names = "--explain", description = "print the openssl lines that check it, too")
    private boolean wanted;

    /// Adds the lines to what is printed.
    Facts addTo(Facts facts, List<OpensslLine> lines) {
        return wanted
                ? facts.put("explain", lines.stream().map(OpensslLine::shell).toList())
                : facts;
    }
}
