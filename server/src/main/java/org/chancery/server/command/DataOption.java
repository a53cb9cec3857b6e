package org.chancery.server.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Which relay is meant: the one with this data directory.
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "the relay's data. Default: ./${DEFAULT-VALUE}")
    private Path directory;

    Path directory() {
        return directory;
    }
}
