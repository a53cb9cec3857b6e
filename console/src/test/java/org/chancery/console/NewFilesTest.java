package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFilesTest {
    @TempDir
    private Path directory;

    @Test
    void putsNoRequestInThePlaceOfItsKey() {
        Path key = directory.resolve("alice.p12");
        CommandException refusal = catchThrowableOfType(
                CommandException.class, () -> NewFiles.require(key, directory.resolve("./alice.p12"), true));
        assertThat(refusal.explanation().exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void wantsBothDirectoriesBeforeThereIsAKey() {
        Path key = directory.resolve("alice.p12");
        CommandException refusal = catchThrowableOfType(
                CommandException.class, () -> NewFiles.require(key, directory.resolve("none/alice.csr"), false));
        assertThat(refusal.explanation().exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refusal).hasMessageContaining("none/alice.csr");
    }

    @Test
    void leavesWhatIsThereUnlessForced() throws Exception {
        Path key = directory.resolve("alice.p12");
        Path request = Files.createFile(directory.resolve("alice.csr"));
        assertThat(catchThrowableOfType(FileAlreadyExistsException.class, () -> NewFiles.require(key, request, false)))
                .hasMessage(request.toString());
        NewFiles.require(key, request, true);
    }
}
