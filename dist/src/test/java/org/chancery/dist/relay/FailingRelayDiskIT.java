package org.chancery.dist.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.chancery.dist.Program;
import org.chancery.dist.SmallDisk;
import org.chancery.dist.Strace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fails under load: the relay stops with a sentence, answers nothing that it could not sync, and on a disk
/// that works again everything it had answered is there.
final class FailingRelayDiskIT {
    private static final Duration PACE = Duration.ofMillis(40);
    private static final int INTERNAL = 70;
    /// The log is opened with fewer; this one falls among the letters.
    private static final int FIRST_FAILING_FSYNC = 25;

    /// Enough to begin with; the log's file wants more after some hundred letters.
    private static final int ROOM_BLOCKS = 250;

    @TempDir
    Path directory;

    private RelayHouse house;
    private Company company;

    @BeforeEach
    void open() throws Exception {
        house = RelayHouse.in(directory, "--disk-reserve", "0");
        company = new Company(house, new Random(5));
    }

    @AfterEach
    void close() throws InterruptedException {
        company.beQuiet();
        house.close();
    }

    /// With `synchronous=OFF` it would not even notice; a kill alone could not show that, for it leaves the kernel's
    /// pages as they are.
    @Test
    void relayStopsWhereAnFsyncFailsAndLosesNothingItAnswered() throws Exception {
        Strace.require();
        company.introduce();
        String failing = "fsync,fdatasync:error=EIO:when=" + FIRST_FAILING_FSYNC + "+";
        Program relay = house.startBelow(LogTrace.strace(house.path("trace"), failing));
        assertThat(house.awaitListening(relay)).isTrue();
        company.talk(PACE);
        company.join();

        assertThatItStopsAndLosesNothing(relay, () -> {});
    }

    /// Without the reserve, which would have it refuse letters in good time.
    @Test
    void relayStopsWhereTheDiskIsFullAndLosesNothingItAnswered() throws Exception {
        try (SmallDisk disk = SmallDisk.on(house.path("data"))) {
            disk.fillBut(ROOM_BLOCKS);
            company.introduce();
            Program relay = house.start();
            company.talk(PACE);
            company.join();
            assertThatItStopsAndLosesNothing(relay, disk::empty);
        }
    }

    private interface Mending {
        void mend() throws IOException;
    }

    private void assertThatItStopsAndLosesNothing(Program relay, Mending disk) throws Exception {
        assertThat(relay.awaitExit()).isEqualTo(INTERNAL);
        assertThat(relay.errorLines())
                .anySatisfy(line -> assertThat(line).startsWith("error: the log cannot be written"));
        company.awaitParting();
        company.beQuiet();
        disk.mend();
        company.look();
        company.settle();
        house.close();
    }
}
