package org.chancery.console;

import java.util.Optional;

/// One of the programs, as far as running its command line needs to know it.
public interface Program {
    /// Its name: `conf/<name>.properties` holds its defaults.
    String name();

    /// The picocli command that all others are below.
    Object rootCommand();

    /// What one of the program's own exceptions means to a person; empty for an exception it does not know.
    Optional<Explanation> explain(Exception e);

    /// Where a bug is told, just before the first one is: the sentence that leads a person there. A program that logs
    /// nothing else sets its log up here, and so not at all in any other run.
    String openBugLog();
}
